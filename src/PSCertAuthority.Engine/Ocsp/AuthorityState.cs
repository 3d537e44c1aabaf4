using System.Collections.Generic;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Ocsp;

/// <summary>An authority as a responder has to know it.</summary>
/// <param name="Record">As the store has it now.</param>
/// <param name="EarlierSerialNumbers">Those of its certificates that were renewed with the same key: what it issued names its CRL and its certificate by them.</param>
internal sealed record AuthorityState(AuthorityRecord Record, IReadOnlyList<string> EarlierSerialNumbers);

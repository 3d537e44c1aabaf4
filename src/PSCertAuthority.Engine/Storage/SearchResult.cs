using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>Some of the certificates that a search finds.</summary>
/// <param name="Records">In the order asked for.</param>
/// <param name="Next">The position to go on behind; null after the last.</param>
/// <param name="IsPartial">Whether it ends early because enough certificates were read.</param>
internal sealed record SearchResult(IReadOnlyList<CertificateRecord> Records, byte[]? Next, bool IsPartial);

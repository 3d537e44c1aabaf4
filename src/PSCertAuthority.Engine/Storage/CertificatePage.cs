using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>Some of the certificates that a query asks for.</summary>
/// <param name="Records">In the order of authority, state, end date, serial number.</param>
/// <param name="Next">Where to go on; null after the last.</param>
internal sealed record CertificatePage(IReadOnlyList<CertificateRecord> Records, byte[]? Next);

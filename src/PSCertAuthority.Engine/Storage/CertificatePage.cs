using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>A part of a listing, and where the next one begins; null after the last.</summary>
internal sealed record CertificatePage(IReadOnlyList<CertificateRecord> Records, byte[]? Next);

using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>A certificate's document as it was found.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="Record">What it says; null where it cannot be read.</param>
internal sealed record CheckedDocument(long Number, CertificateRecord? Record);

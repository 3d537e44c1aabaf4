using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>A certificate's document as it was found.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="Record">What it says; null where it cannot be read.</param>
/// <param name="IsOnNextCrl">Whether the next CRL should name it. Of those that have ended, it need not name what the last one named.</param>
internal sealed record CheckedDocument(long Number, CertificateRecord? Record, bool IsOnNextCrl);

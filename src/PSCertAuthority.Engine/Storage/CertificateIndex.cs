namespace PSCertAuthority.Storage;

/// <summary>The ways to find a certificate's document.</summary>
internal enum CertificateIndex
{
    BySerialNumber,
    ByState,
    ByCommonName,
    OfResponders,
}

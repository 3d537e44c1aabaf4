namespace PSCertAuthority.Ocsp;

/// <summary>How the certificate of a serial number stands.</summary>
/// <param name="AuthorityId">Who issued it.</param>
/// <param name="SerialNumber">Big-endian, without a leading 00 octet.</param>
/// <param name="State">How it stands; null where it is no longer there.</param>
internal readonly record struct SerialState(int AuthorityId, byte[] SerialNumber, CertificateState? State);

using System;

namespace PSCertAuthority.Ocsp;

/// <summary>What a responder says of one certificate (RFC 6960, section 4.2.1). Times are UTC, whole seconds.</summary>
/// <param name="CertificateId">The CertID of the request, DER, as it came.</param>
/// <param name="State">How the certificate stands; null where it is not known.</param>
/// <param name="ThisUpdate">When this was known to be so.</param>
/// <param name="NextUpdate">When newer knowledge will be there at the latest.</param>
internal sealed record OcspSingleAnswer(byte[] CertificateId, CertificateState? State, DateTime ThisUpdate, DateTime NextUpdate);

using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>A TBSCertificate (RFC 5280, section 4.1) that nobody has looked over yet.</summary>
internal sealed record ToBeSignedCertificate(TbsCertificateStructure Structure);

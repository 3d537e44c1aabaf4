using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Validation;

/// <summary>An authority in a chain, and its certificate taken apart.</summary>
internal sealed record ChainLink(AuthorityRecord Record, DecodedCertificate Certificate)
{
    /// <summary>Whether it is the end of every chain: it signed itself.</summary>
    public bool IsRoot => Certificate.IsSelfSigned;

    /// <summary>Whether the certificate names it as its issuer and bears its signature.</summary>
    public bool Issued(DecodedCertificate certificate) =>
        certificate.IssuerName.Equivalent(Certificate.SubjectName) && certificate.IsSignedBy(Certificate.PublicKey);

    /// <summary>Whether its key may sign certificates (RFC 5280, section 4.2.1.3 and 4.2.1.9).</summary>
    public bool IsAuthority => Certificate.IsAuthority && (Certificate.KeyUsage & KeyUsage.KeyCertSign) != 0;
}

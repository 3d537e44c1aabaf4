using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>A TBSCertificate that passed <see cref="CertificateLint"/>: the only thing that can be signed.</summary>
internal sealed class LintedCertificate
{
    internal LintedCertificate(TbsCertificateStructure structure) => Structure = structure;

    public TbsCertificateStructure Structure { get; }
}

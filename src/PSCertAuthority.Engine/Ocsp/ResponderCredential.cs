using System;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Ocsp;

/// <summary>A key that signs OCSP responses, and the certificate by which its authority lets it (RFC 6960, section 4.2.2.2).</summary>
internal sealed class ResponderCredential(PrivateKey key, DecodedCertificate certificate) : IDisposable
{
    public PrivateKey Key => key;

    public DecodedCertificate Certificate => certificate;

    /// <summary>When its certificate ends; UTC. Asked for with every response.</summary>
    public DateTime NotAfter { get; } = certificate.NotAfter;

    /// <summary>SHA-256 for RSA, which every client knows; the curve's own strength for EC.</summary>
    public DigestAlgorithm Digest => key.Specification.Type == KeyType.RSA ? DigestAlgorithm.Sha256 : key.Specification.DefaultDigest;

    /// <summary>When it should be replaced: after two thirds of its life.</summary>
    public DateTime ReplaceAt => certificate.NotBefore + TimeSpan.FromTicks((certificate.NotAfter - certificate.NotBefore).Ticks / 3 * 2);

    /// <summary>Reads certificate and key from files; the key is not encrypted.</summary>
    /// <exception cref="CaException">One cannot be read, or they do not belong together.</exception>
    public static ResponderCredential Read(string certificatePath, string keyPath)
    {
        DecodedCertificate certificate = CertificateReader.Decode(CertificateReader.ReadFile(certificatePath), $"'{certificatePath}'");
        return new ResponderCredential(PrivateKeyFile.ReadMatching(keyPath, null, $"the certificate in '{certificatePath}'", certificate.PublicKey), certificate);
    }

    /// <summary>RFC 6960, section 4.2.2.2: the authority itself, or issued by it for signing OCSP responses.</summary>
    /// <exception cref="CaResponderException"><c>ResponderCertificateUnfit</c>.</exception>
    public void RequireFit(DecodedCertificate authority, string name)
    {
        if (!IsFit(authority))
            throw ResponderErrors.CertificateUnfit(certificate.Subject.ToString(), name);
    }

    /// <summary>RFC 6960, section 4.2.2.2: whether it is the authority itself, or issued by it for signing OCSP responses.</summary>
    public bool IsFit(DecodedCertificate authority) => key.Matches(authority.PublicKey)
        || (certificate.IsSignedBy(authority.PublicKey) && certificate.ExtendedKeyUsage?.Contains(ExtendedKeyUsageNames.OcspSigning) == true);

    public void Dispose() => key.Dispose();
}

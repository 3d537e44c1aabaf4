using System;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Ocsp;

/// <summary>A key that signs OCSP responses, and the certificate by which its authority lets it (RFC 6960, section 4.2.2.2).</summary>
internal sealed class ResponderCredential(PrivateKey key, DecodedCertificate certificate) : IDisposable
{
    public PrivateKey Key => key;

    public DecodedCertificate Certificate => certificate;

    /// <summary>SHA-256 for RSA, which every client knows; the curve's own strength for EC.</summary>
    public DigestAlgorithm Digest => key.Specification.Type == KeyType.RSA ? DigestAlgorithm.Sha256 : key.Specification.DefaultDigest;

    /// <summary>When it should be replaced: after two thirds of its life.</summary>
    public DateTime ReplaceAt => certificate.NotBefore + TimeSpan.FromTicks((certificate.NotAfter - certificate.NotBefore).Ticks / 3 * 2);

    public void Dispose() => key.Dispose();
}

using System;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;

namespace PSCertAuthority.Keys;

/// <summary>The AlgorithmIdentifier of a signature: RFC 4055 for RSA, RFC 5758 for ECDSA, RFC 8410 for EdDSA.</summary>
internal static class SignatureAlgorithm
{
    public static AlgorithmIdentifier For(KeySpecification key, DigestAlgorithm digest) => (key.Type, digest) switch
    {
        (KeyType.RSA, DigestAlgorithm.Sha256) => Rsa(PkcsObjectIdentifiers.Sha256WithRsaEncryption),
        (KeyType.RSA, DigestAlgorithm.Sha384) => Rsa(PkcsObjectIdentifiers.Sha384WithRsaEncryption),
        (KeyType.RSA, DigestAlgorithm.Sha512) => Rsa(PkcsObjectIdentifiers.Sha512WithRsaEncryption),
        (KeyType.EC, DigestAlgorithm.Sha256) => new(X9ObjectIdentifiers.ECDsaWithSha256),
        (KeyType.EC, DigestAlgorithm.Sha384) => new(X9ObjectIdentifiers.ECDsaWithSha384),
        (KeyType.EC, DigestAlgorithm.Sha512) => new(X9ObjectIdentifiers.ECDsaWithSha512),
        (KeyType.Ed25519, _) => new(EdECObjectIdentifiers.id_Ed25519),
        (KeyType.Ed448, _) => new(EdECObjectIdentifiers.id_Ed448),
        _ => throw new ArgumentOutOfRangeException(nameof(digest)),
    };

    public static HashAlgorithmName ToHashName(this DigestAlgorithm digest) => digest switch
    {
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    // RFC 4055, section 5: the parameters of the RSA algorithms are NULL; those of the others are absent.
    private static AlgorithmIdentifier Rsa(DerObjectIdentifier algorithm) => new(algorithm, DerNull.Instance);
}

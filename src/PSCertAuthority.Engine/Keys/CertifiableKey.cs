using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Keys;

/// <summary>A public key that was found strong enough to be certified, encoded as certificates have it.</summary>
/// <param name="PublicKey">RSA with the parameters NULL (RFC 3279, section 2.3.1), a point of an elliptic curve uncompressed (RFC 5480, section 2.2), EdDSA without parameters (RFC 8410).</param>
/// <param name="Specification">Which key it is.</param>
internal sealed record CertifiableKey(SubjectPublicKeyInfo PublicKey, KeySpecification Specification)
{
    private const byte Uncompressed = 4;

    /// <summary>Looks for everything that is known to make a key weak. For RSA that takes longer than to verify a signature.</summary>
    /// <exception cref="CaKeyException"><c>WeakKey</c> or <c>KeyTypeNotAllowed</c>.</exception>
    public static CertifiableKey Of(SubjectPublicKeyInfo publicKey) => Of(publicKey, PublicKeyPolicy.Check(publicKey));

    /// <summary>The same for a key that the policy has passed.</summary>
    /// <exception cref="CaKeyException"><c>WeakKey</c>.</exception>
    public static CertifiableKey Of(SubjectPublicKeyInfo publicKey, KeySpecification specification) => FindWeakness(publicKey) is { } weakness
        ? throw KeyErrors.Weak(specification.ToString(), weakness)
        : new CertifiableKey(Normalize(publicKey), specification);

    /// <summary>What makes a key weak that the policy lets pass, to be told behind a colon; null where nothing does.</summary>
    public static string? FindWeakness(SubjectPublicKeyInfo publicKey) =>
        publicKey.Algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption) ? RsaWeakness.Find(PublicKeyPolicy.DecodeRsa(publicKey)) : null;

    /// <summary>The key in the one encoding that is written into certificates and by which keys are compared; as it is where it cannot be read.</summary>
    public static SubjectPublicKeyInfo Normalize(SubjectPublicKeyInfo publicKey)
    {
        try
        {
            DerObjectIdentifier algorithm = publicKey.Algorithm.Algorithm;
            if (algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey))
                return NormalizePoint(publicKey);
            if (algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
                return new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm, DerNull.Instance), RsaPublicKeyStructure.GetInstance(publicKey.ParsePublicKey()));
            return publicKey.Algorithm.Parameters is null ? publicKey : new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm), publicKey.PublicKey.GetBytes());
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return publicKey;
        }
    }

    private static SubjectPublicKeyInfo NormalizePoint(SubjectPublicKeyInfo publicKey)
    {
        byte[] point = publicKey.PublicKey.GetBytes();
        if (point.Length == 0 || point[0] == Uncompressed || publicKey.Algorithm.Parameters?.ToAsn1Object() is not DerObjectIdentifier curve)
            return publicKey;
        X9ECParameters? parameters = SecNamedCurves.GetByOid(curve);
        return parameters is null ? publicKey : new SubjectPublicKeyInfo(publicKey.Algorithm, parameters.Curve.DecodePoint(point).GetEncoded(compressed: false));
    }
}

using System;
using System.IO;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace PSCertAuthority.Keys;

/// <summary>Which public keys are certified, and which are too weak (CA/Browser Forum Baseline Requirements 6.1.5 and 6.1.6).</summary>
internal static class PublicKeyPolicy
{
    private static readonly int[] s_curveSizes = [256, 384, 521];

    /// <summary>Which key it is; one that no program would take is refused. <see cref="CertifiableKey"/> looks for what makes others weak.</summary>
    /// <exception cref="CaKeyException"><c>WeakKey</c> or <c>KeyTypeNotAllowed</c>.</exception>
    public static KeySpecification Check(SubjectPublicKeyInfo publicKey)
    {
        DerObjectIdentifier algorithm = publicKey.Algorithm.Algorithm;
        if (algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            return CheckRsa(publicKey);
        if (algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey))
            return CheckEllipticCurve(publicKey);
        if (algorithm.Equals(EdECObjectIdentifiers.id_Ed25519))
            return CheckEdwardsCurve(publicKey, KeyType.Ed25519);
        if (algorithm.Equals(EdECObjectIdentifiers.id_Ed448))
            return CheckEdwardsCurve(publicKey, KeyType.Ed448);
        throw KeyErrors.TypeNotAllowed(algorithm.Id);
    }

    /// <summary>Which key it is, be it too weak to be certified here; for certificates made elsewhere.</summary>
    /// <exception cref="CaKeyException"><c>KeyTypeNotAllowed</c>.</exception>
    public static (KeyType Type, int Size) Describe(SubjectPublicKeyInfo publicKey)
    {
        if (publicKey.Algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            return (KeyType.RSA, DecodeRsa(publicKey).Modulus.BitLength);
        KeySpecification key = Check(publicKey);
        return (key.Type, key.Size);
    }

    /// <summary>Which of the curves that are certified a key of <c>id-ecPublicKey</c> is of; the key itself is not looked at.</summary>
    /// <returns>Its size in bits.</returns>
    /// <exception cref="CaKeyException"><c>KeyTypeNotAllowed</c>: it is of another curve.</exception>
    public static int SizeOfCurve(SubjectPublicKeyInfo publicKey)
    {
        if (publicKey.Algorithm.Parameters?.ToAsn1Object() is not DerObjectIdentifier curve)
            throw KeyErrors.TypeNotAllowed("EC with explicit curve parameters");
        int size = s_curveSizes.FirstOrDefault(candidate => curve.Equals(CurveOf(candidate)));
        return size > 0 ? size : throw KeyErrors.TypeNotAllowed($"EC {ECNamedCurveTable.GetName(curve) ?? curve.Id}");
    }

    public static DerObjectIdentifier CurveOf(int size) => size switch
    {
        256 => SecObjectIdentifiers.SecP256r1,
        384 => SecObjectIdentifiers.SecP384r1,
        _ => SecObjectIdentifiers.SecP521r1,
    };

    private static KeySpecification CheckRsa(SubjectPublicKeyInfo publicKey)
    {
        RsaPublicKeyStructure rsa = DecodeRsa(publicKey);
        int bits = rsa.Modulus.BitLength;
        string what = $"RSA {bits}";
        if (bits < KeySpecification.MinimumRsaSize)
            throw KeyErrors.Weak(what, "it is too short");
        if (bits > KeySpecification.MaximumRsaSize)
            throw KeyErrors.Weak(what, $"it is longer than {KeySpecification.MaximumRsaSize} bits");
        if (bits % 8 != 0)
            throw KeyErrors.Weak(what, "its length is no multiple of 8 bits");
        if (!rsa.PublicExponent.TestBit(0) || rsa.PublicExponent.CompareTo(BigInteger.Three) < 0)
            throw KeyErrors.Weak(what, $"its public exponent is {rsa.PublicExponent}");
        if (!rsa.Modulus.TestBit(0))
            throw KeyErrors.Weak(what, "its modulus is even");
        // BouncyCastle reads a negative number as the positive one with the same bits, as others do not.
        if (((Asn1Sequence)publicKey.ParsePublicKey()).OfType<DerInteger>().Any(number => number.Value.SignValue <= 0))
            throw KeyErrors.Weak(what, "its modulus or exponent is negative");
        return KeySpecification.Create(KeyType.RSA, bits);
    }

    /// <summary>By structure: BouncyCastle's own key objects test the modulus for primes at each reading, which takes longer than signing.</summary>
    public static RsaPublicKeyStructure DecodeRsa(SubjectPublicKeyInfo publicKey)
    {
        try
        {
            return RsaPublicKeyStructure.GetInstance(publicKey.ParsePublicKey());
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidCastException)
        {
            throw KeyErrors.Weak("RSA", $"it is not a valid public key ({e.Message})");
        }
    }

    private static KeySpecification CheckEllipticCurve(SubjectPublicKeyInfo publicKey)
    {
        int size = SizeOfCurve(publicKey);
        Decode(publicKey, $"EC {size}");
        return KeySpecification.Create(KeyType.EC, size);
    }

    private static KeySpecification CheckEdwardsCurve(SubjectPublicKeyInfo publicKey, KeyType type)
    {
        Decode(publicKey, type.ToString());
        return KeySpecification.Create(type);
    }

    private static AsymmetricKeyParameter Decode(SubjectPublicKeyInfo publicKey, string what)
    {
        try
        {
            // For elliptic curves this also checks that the point lies on the curve.
            return PublicKeyFactory.CreateKey(publicKey);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidCastException or FormatException or SecurityUtilityException or ArithmeticException)
        {
            throw KeyErrors.Weak(what, $"it is not a valid public key ({e.Message})");
        }
    }
}

using System.Linq;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Math;

namespace PSCertAuthority.Keys.Tests;

/// <summary>RSA keys as broken generators make them, and requests that prove possession of them: everything by the numbers, since no library makes such keys.</summary>
internal sealed record WeakRsa(BigInteger Modulus, BigInteger Exponent, BigInteger PrivateExponent)
{
    private const int PrimeBits = 1024;

    private static readonly BigInteger F4 = BigInteger.ValueOf(65537);

    /// <summary>A sound key, be it with another public exponent.</summary>
    public static WeakRsa Sound(BigInteger? exponent = null)
    {
        BigInteger e = exponent ?? F4;
        while (true)
        {
            BigInteger p = Prime(PrimeBits), q = Prime(PrimeBits);
            if (Of(p, q, e) is { } key)
                return key;
        }
    }

    /// <summary>One prime twice: the private exponent is that for p (p - 1).</summary>
    public static WeakRsa Square()
    {
        BigInteger p = Prime(PrimeBits);
        return new WeakRsa(p.Multiply(p), F4, F4.ModInverse(p.Multiply(p.Subtract(BigInteger.One))));
    }

    /// <summary>A prime of the length of a modulus: the one of RFC 3526, section 3.</summary>
    public static WeakRsa PrimeModulus()
    {
        BigInteger p = DHStandardGroups.rfc3526_2048.P;
        return new WeakRsa(p, F4, F4.ModInverse(p.Subtract(BigInteger.One)));
    }

    /// <summary>Two primes and a small factor.</summary>
    public static WeakRsa SmallFactor(int factor)
    {
        BigInteger small = BigInteger.ValueOf(factor);
        while (true)
        {
            BigInteger p = Prime(PrimeBits), q = Prime(PrimeBits);
            BigInteger n = p.Multiply(q).Multiply(small), phi = p.Subtract(BigInteger.One).Multiply(q.Subtract(BigInteger.One)).Multiply(small.Subtract(BigInteger.One));
            if (n.BitLength % 8 == 0 && phi.Gcd(F4).Equals(BigInteger.One))
                return new WeakRsa(n, F4, F4.ModInverse(phi));
        }
    }

    /// <summary>Primes as Infineon's library made them: k M + (65537^a mod M), where M is the product of the first 126 primes.</summary>
    public static WeakRsa Roca() => Of(
        new BigInteger(
            "C000937187AD65B3EC9D8FEEF23350599BA10988257BD8F45FC64E85ABDA9909BC642FBFF665A862A5ACA79B1AB3E742A67A348629147E83FCDAFE99010BD05E"
            + "CA9FDFEB33F268EBB9D7124E1FAB0577CCCB725E72838BEC9E4EE8030509C61D417C245FADD347976F97E094B4351E69518281BC1133B476721B7D6FCFDFA17F", 16),
        new BigInteger(
            "C000A20C6BA955077FBBE5BE24B71D4D907CE8CA5995B808F03457E0FE35751D29C2231B02E1B4E68F27B417CBF76BA8235613A0D83FB39004BAF55C6C519402"
            + "A77FAE96F25F2216112A9743EE8A985A37C6FD6162B16B63BD5ADCC04B982654FE38DE6641289758819EAF69A0A8BCDF2C323780A0DF5BD88600D7A5BFE24805", 16),
        F4)!;

    /// <summary>Primes with 2^500 between them.</summary>
    public static WeakRsa ClosePrimes() => Of(
        new BigInteger(
            "DCCF4B289DA5A14F924F79BB8B7F74AEEDCA67B9E1B53D9411ED22F1257CAEBB6C934CAF2F71C19D4499BB81B10EB4C02B1FD11681038BBEBCE2DDA9D1FCE371"
            + "EFF498B64863042FCAEB21FF18252A685EA6109862DC725599403F9BA2A1953845F898D964166C3D923CEF49E4E2CE1631500B4E5B0E250BDF8EEA5284CFB4FB", 16),
        new BigInteger(
            "DCCF4B289DA5A14F924F79BB8B7F74AEEDCA67B9E1B53D9411ED22F1257CAEBB6C934CAF2F71C19D4499BB81B10EB4C02B1FD11681038BBEBCE2DDA9D1FCE371"
            + "F00498B64863042FCAEB21FF18252A685EA6109862DC725599403F9BA2A1953845F898D964166C3D923CEF49E4E2CE1631500B4E5B0E250BDF8EEA5284CFB845", 16),
        F4)!;

    /// <summary>A prime and the next one.</summary>
    public static WeakRsa ClosestPrimes() => Of(
        new BigInteger(
            "DCCF4B289DA5A14F924F79BB8B7F74AEEDCA67B9E1B53D9411ED22F1257CAEBB6C934CAF2F71C19D4499BB81B10EB4C02B1FD11681038BBEBCE2DDA9D1FCE371"
            + "EFF498B64863042FCAEB21FF18252A685EA6109862DC725599403F9BA2A1953845F898D964166C3D923CEF49E4E2CE1631500B4E5B0E250BDF8EEA5284CFB4FB", 16),
        new BigInteger(
            "DCCF4B289DA5A14F924F79BB8B7F74AEEDCA67B9E1B53D9411ED22F1257CAEBB6C934CAF2F71C19D4499BB81B10EB4C02B1FD11681038BBEBCE2DDA9D1FCE371"
            + "EFF498B64863042FCAEB21FF18252A685EA6109862DC725599403F9BA2A1953845F898D964166C3D923CEF49E4E2CE1631500B4E5B0E250BDF8EEA5284CFB525", 16),
        F4)!;

    /// <summary>A private exponent of so many bits, which Wiener's continued fraction finds up to a quarter of the modulus.</summary>
    public static WeakRsa SmallPrivateExponent(int bits)
    {
        BigInteger p = Prime(PrimeBits), q = Prime(PrimeBits), d = Prime(bits);
        BigInteger phi = p.Subtract(BigInteger.One).Multiply(q.Subtract(BigInteger.One));
        return new WeakRsa(p.Multiply(q), d.ModInverse(phi), d);
    }

    public SubjectPublicKeyInfo PublicKey => new(new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance), new DerSequence(new DerInteger(Modulus), new DerInteger(Exponent)));

    /// <summary>A request whose signature (RFC 8017, section 8.2) is right.</summary>
    public byte[] Request(SubjectPublicKeyInfo? encodedAs = null)
    {
        var info = new CertificationRequestInfo(new X509Name("CN=a.example.com"), encodedAs ?? PublicKey, new DerSet());
        var algorithm = new AlgorithmIdentifier(PkcsObjectIdentifiers.Sha256WithRsaEncryption, DerNull.Instance);
        return new CertificationRequest(info, algorithm, new DerBitString(Sign(info.GetEncoded(Asn1Encodable.Der)))).GetEncoded(Asn1Encodable.Der);
    }

    private byte[] Sign(byte[] content)
    {
        int length = (Modulus.BitLength + 7) / 8;
        byte[] digest = new DigestInfo(new AlgorithmIdentifier(NistObjectIdentifiers.IdSha256, DerNull.Instance), SHA256.HashData(content)).GetDerEncoded();
        byte[] padded = [0, 1, .. Enumerable.Repeat((byte)0xFF, length - digest.Length - 3), 0, .. digest];
        byte[] signature = new BigInteger(1, padded).ModPow(PrivateExponent, Modulus).ToByteArrayUnsigned();
        return [.. new byte[length - signature.Length], .. signature];
    }

    private static WeakRsa? Of(BigInteger p, BigInteger q, BigInteger e)
    {
        BigInteger phi = p.Subtract(BigInteger.One).Multiply(q.Subtract(BigInteger.One)), n = p.Multiply(q);
        return n.BitLength == 2 * PrimeBits && phi.Gcd(e).Equals(BigInteger.One) ? new WeakRsa(n, e, e.ModInverse(phi)) : null;
    }

    /// <summary>In the upper half, so that the product of two has all bits: one of a key of the platform, which is quick at it.</summary>
    private static BigInteger Prime(int bits)
    {
        using var rsa = RSA.Create(2 * bits);
        return new BigInteger(1, rsa.ExportParameters(includePrivateParameters: true).P!);
    }
}

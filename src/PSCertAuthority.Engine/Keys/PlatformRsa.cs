using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace PSCertAuthority.Keys;

/// <summary>Between BouncyCastle's RSA keys and the platform's.</summary>
internal static class PlatformRsa
{
    public static PrivateKeyInfo Generate(int bits)
    {
#if NET
        using RSA rsa = RSA.Create(bits);
#else
        using RSA rsa = new RSACryptoServiceProvider(bits);
#endif
        RSAParameters p = rsa.ExportParameters(includePrivateParameters: true);
        return new PrivateKeyInfo(new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance), new RsaPrivateKeyStructure(
            Number(p.Modulus), Number(p.Exponent), Number(p.D), Number(p.P), Number(p.Q), Number(p.DP), Number(p.DQ), Number(p.InverseQ)));
    }

    public static RSAParameters ToParameters(PrivateKeyInfo key)
    {
        RsaPrivateKeyStructure rsa = RsaPrivateKeyStructure.GetInstance(key.ParsePrivateKey());
        int length = (rsa.Modulus.BitLength + 7) / 8;
        int half = (length + 1) / 2;
        return new RSAParameters
        {
            Modulus = Octets(rsa.Modulus, length),
            Exponent = rsa.PublicExponent.ToByteArrayUnsigned(),
            D = Octets(rsa.PrivateExponent, length),
            P = Octets(rsa.Prime1, half),
            Q = Octets(rsa.Prime2, half),
            DP = Octets(rsa.Exponent1, half),
            DQ = Octets(rsa.Exponent2, half),
            InverseQ = Octets(rsa.Coefficient, half),
        };
    }

    public static RSA Open(RSAParameters parameters)
    {
#if NET
        return RSA.Create(parameters);
#else
        var rsa = new RSACryptoServiceProvider();
        rsa.ImportParameters(parameters);
        return rsa;
#endif
    }

    private static byte[] Octets(BigInteger number, int length) => BigIntegers.AsUnsignedByteArray(length, number);

    private static BigInteger Number(byte[]? bytes) => new(1, bytes!);
}

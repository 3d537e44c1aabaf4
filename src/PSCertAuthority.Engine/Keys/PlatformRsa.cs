using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

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
        return PrivateKeyInfoFactory.CreatePrivateKeyInfo(new RsaPrivateCrtKeyParameters(
            Number(p.Modulus), Number(p.Exponent), Number(p.D), Number(p.P), Number(p.Q), Number(p.DP), Number(p.DQ), Number(p.InverseQ)));
    }

    public static RSAParameters ToParameters(PrivateKeyInfo key) =>
        DotNetUtilities.ToRSAParameters((RsaPrivateCrtKeyParameters)PrivateKeyFactory.CreateKey(key));

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

    private static BigInteger Number(byte[]? bytes) => new(1, bytes!);
}

using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using PSCertAuthority.Keys;
using Xunit;

namespace PSCertAuthority.Tests.Keys;

public sealed class SignatureVerificationTests
{
    private static readonly byte[] Signed = [1, 2, 3];

    [Theory]
    [InlineData("1.2.840.10045.3.1.7", true)]
    [InlineData("1.3.132.0.34", true)]
    [InlineData("1.3.132.0.35", true)]
    // secp256k1 and brainpoolP256r1: whole signatures of curves that are not certified.
    [InlineData("1.3.132.0.10", false)]
    [InlineData("1.3.36.3.3.2.8.1.1.7", false)]
    public void Signatures_are_valid_by_keys_of_the_certified_curves_alone(string curve, bool valid)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        byte[] signature = key.SignData(Signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.Equal(valid, IsValid(key, signature));
        signature[^1] ^= 1;
        Assert.False(IsValid(key, signature));
    }

    private static bool IsValid(ECDsa key, byte[] signature) => SignatureVerification.IsValid(
        SubjectPublicKeyInfo.GetInstance(key.ExportSubjectPublicKeyInfo()), new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha256), Signed, signature);
}

using System;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
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

    [Theory]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.RSA)]
    public void Much_is_signed_as_little_is(KeyType type)
    {
        using var key = PrivateKey.Generate(KeySpecification.Create(type, defaultRsaSize: 2048));
        foreach (int length in (int[])[3, (1 << 20) - 1, 1 << 20, 3_000_000])
        {
            var content = new byte[length];
            Random.Shared.NextBytes(content);
            bool Verifies(byte[] signature) => SignatureVerification.IsValid(key.PublicKey, SignatureAlgorithm.For(key.Specification, DigestAlgorithm.Sha256), content, new DerBitString(signature));
            byte[] signature = key.Sign(content, DigestAlgorithm.Sha256);
            Assert.True(Verifies(signature), $"{length}");
            content[length / 2] ^= 1;
            Assert.False(Verifies(signature), $"{length}");
        }
    }

    [Fact]
    public void A_key_of_another_kind_than_the_algorithm_verifies_nothing()
    {
        using var key = PrivateKey.Generate(KeySpecification.Create(KeyType.Ed25519));
        Assert.False(SignatureVerification.IsValid(key.PublicKey, new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha256), Signed, new DerBitString(key.Sign(Signed, DigestAlgorithm.Sha256))));
    }

    [Fact]
    public void A_signature_of_no_whole_octets_is_none()
    {
        using var key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));
        byte[] signature = key.Sign(Signed, DigestAlgorithm.Sha256);
        signature[^1] &= 0xFE;
        Assert.False(SignatureVerification.IsValid(key.PublicKey, new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha256), Signed, new DerBitString(signature, 1)));
    }

    private static bool IsValid(ECDsa key, byte[] signature) => SignatureVerification.IsValid(
        SubjectPublicKeyInfo.GetInstance(key.ExportSubjectPublicKeyInfo()), new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha256), Signed, new DerBitString(signature));
}

using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Xunit;

namespace PSCertAuthority.Certificates.Tests;

/// <summary>Requests are proof of possession by a digest that still proves something; every spelling of the others is refused.</summary>
public sealed class WeakSignatureTests
{
    private static readonly AsymmetricCipherKeyPair Rsa = Generate(new RsaKeyPairGenerator(), new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), new SecureRandom(), 2048, 50));
    private static readonly AsymmetricCipherKeyPair Elliptic = Generate(new ECKeyPairGenerator(), new ECKeyGenerationParameters(Org.BouncyCastle.Asn1.Sec.SecObjectIdentifiers.SecP256r1, new SecureRandom()));

    [Theory]
    [InlineData("MD2WITHRSA", "MD2"), InlineData("MD5WITHRSA", "MD5"), InlineData("SHA1WITHRSA", "SHA-1"), InlineData("SHA224WITHRSA", "SHA-224"), InlineData("SHA512(224)WITHRSA", "SHA-512/224")]
    [InlineData("RIPEMD160WITHRSA", "RIPEMD-160"), InlineData("RIPEMD128WITHRSA", "RIPEMD-128"), InlineData("RIPEMD256WITHRSA", "RIPEMD-256")]
    [InlineData("SHA1WITHRSAANDMGF1", "SHA-1"), InlineData("SHA224WITHRSAANDMGF1", "SHA-224")]
    [InlineData("SHA1WITHECDSA", "SHA-1"), InlineData("SHA224WITHECDSA", "SHA-224")]
    public void A_signature_with_a_weak_digest_is_refused(string algorithm, string digest)
    {
        AsymmetricCipherKeyPair key = algorithm.EndsWith("ECDSA", StringComparison.Ordinal) ? Elliptic : Rsa;
        var request = new Pkcs10CertificationRequest(new Asn1SignatureFactory(algorithm, key.Private), new X509Name("CN=a.example.com"), key.Public, null);
        CaRequestException error = Assert.Throws<CaRequestException>(() => CertificateRequestReader.Read(request.GetDerEncoded(), "the request"));
        Assert.Equal("RequestSignatureWeak", error.ErrorId);
        Assert.Contains($"digest {digest},", error.Message);
    }

    [Theory]
    [InlineData("1.2.840.113549.1.1.3"), InlineData("1.3.14.3.2.29"), InlineData("1.3.14.3.2.15"), InlineData("1.3.14.3.2.3"), InlineData("1.3.14.3.2.2"), InlineData("1.3.14.3.2.4"), InlineData("1.3.14.7.2.3.1")]
    [InlineData("1.2.840.10040.4.3"), InlineData("1.3.14.3.2.27"), InlineData("1.3.14.3.2.13"), InlineData("2.16.840.1.101.3.4.3.1"), InlineData("0.4.0.127.0.7.1.1.4.1.1"), InlineData("2.16.840.1.101.3.4.3.13")]
    public void So_is_each_other_name_of_one(string oid) => Assert.NotNull(SignatureDigest.FindWeak(new AlgorithmIdentifier(new DerObjectIdentifier(oid), DerNull.Instance)));

    [Fact]
    public void PSS_without_parameters_means_SHA1() => Assert.Equal("SHA-1", SignatureDigest.FindWeak(new AlgorithmIdentifier(PkcsObjectIdentifiers.IdRsassaPss)));

    [Theory]
    [InlineData("SHA256WITHRSA"), InlineData("SHA384WITHRSA"), InlineData("SHA512WITHRSA"), InlineData("SHA256WITHRSAANDMGF1"), InlineData("SHA512WITHECDSA"), InlineData("SHA384WITHECDSA")]
    public void Strong_ones_are_taken(string algorithm)
    {
        AsymmetricCipherKeyPair key = algorithm.EndsWith("ECDSA", StringComparison.Ordinal) ? Elliptic : Rsa;
        var request = new Pkcs10CertificationRequest(new Asn1SignatureFactory(algorithm, key.Private), new X509Name("CN=a.example.com"), key.Public, null);
        Assert.Equal("/CN=a.example.com", CertificateRequestReader.Read(request.GetDerEncoded(), "the request").Subject.ToString());
    }

    private static AsymmetricCipherKeyPair Generate(IAsymmetricCipherKeyPairGenerator generator, KeyGenerationParameters parameters)
    {
        generator.Init(parameters);
        return generator.GenerateKeyPair();
    }
}

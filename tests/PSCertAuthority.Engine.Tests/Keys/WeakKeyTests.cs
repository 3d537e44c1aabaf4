using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Names;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Keys.Tests;

/// <summary>SPEC 12: weak keys are refused wherever a key is certified, and what is certified is encoded as its RFC wants it.</summary>
public sealed class WeakKeyTests : IDisposable
{
    // Made once: primes take their time.
    private static readonly Dictionary<string, Lazy<WeakRsa>> Keys = new()
    {
        ["exponent 3"] = new(() => WeakRsa.Sound(BigInteger.Three)),
        ["exponent 257"] = new(() => WeakRsa.Sound(BigInteger.ValueOf(257))),
        ["exponent of 257 bits"] = new(() => WeakRsa.Sound(BigInteger.One.ShiftLeft(256).Add(BigInteger.One))),
        ["prime modulus"] = new(WeakRsa.PrimeModulus),
        ["square"] = new(WeakRsa.Square),
        ["factor 251"] = new(() => WeakRsa.SmallFactor(251)),
        ["factor 65521"] = new(() => WeakRsa.SmallFactor(65521)),
        ["close primes"] = new(WeakRsa.ClosePrimes),
        ["closest primes"] = new(WeakRsa.ClosestPrimes),
        ["ROCA"] = new(WeakRsa.Roca),
        ["Wiener"] = new(() => WeakRsa.SmallPrivateExponent(500)),
        ["Boneh and Durfee"] = new(() => WeakRsa.SmallPrivateExponent(592)),
    };

    private readonly TestStore _store = new();

    public static TheoryData<string, string> Weak => new()
    {
        { "exponent 3", "public exponent is 3" },
        { "exponent 257", "public exponent is 257" },
        { "exponent of 257 bits", "more than 256 bits" },
        { "prime modulus", "a prime" },
        { "square", "the square of one prime" },
        { "factor 251", "a small factor" },
        { "factor 65521", "a small factor" },
        { "close primes", "close to each other" },
        { "closest primes", "close to each other" },
        { "ROCA", "ROCA" },
        { "Wiener", "more than 256 bits" },
        { "Boneh and Durfee", "more than 256 bits" },
    };

    [Theory]
    [MemberData(nameof(Weak))]
    public void A_request_with_a_weak_RSA_key_is_refused(string kind, string why)
    {
        CaKeyException error = Assert.Throws<CaKeyException>(() => CertificateRequestReader.Read(Keys[kind].Value.Request(), "the request"));
        Assert.Equal("WeakKey", error.ErrorId);
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public void Sound_RSA_keys_are_certified()
    {
        for (int i = 0; i < 3; i++)
            Assert.Equal(2048, CertificateRequestReader.Read(WeakRsa.Sound().Request(), "the request").KeySize);
        foreach (int bits in (int[])[2048, 3072, 4096])
        {
            using var rsa = RSA.Create(bits);
            Assert.Equal(bits, CertificateRequestReader.Read(new CertificateRequest("CN=a", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(), "the request").KeySize);
        }
    }

    [Fact]
    public void A_negative_modulus_is_refused()
    {
        WeakRsa key = WeakRsa.Sound();
        var negative = new SubjectPublicKeyInfo(key.PublicKey.Algorithm, new DerSequence(new DerInteger(key.Modulus.Subtract(BigInteger.One.ShiftLeft(2048))), new DerInteger(key.Exponent)));
        Assert.Contains("negative", Assert.Throws<CaKeyException>(() => CertificateRequestReader.Read(key.Request(negative), "the request")).Message);
    }

    [Fact]
    public void An_even_exponent_is_refused()
    {
        WeakRsa key = WeakRsa.Sound() with { Exponent = BigInteger.ValueOf(65538) };
        Assert.Equal("WeakKey", Assert.Throws<CaKeyException>(() => CertificateRequestReader.Read(key.Request(), "the request")).ErrorId);
    }

    [Fact]
    public void RSA_parameters_are_NULL_whatever_the_request_has()
    {
        _store.Root();
        WeakRsa key = WeakRsa.Sound();
        foreach (Asn1Encodable? parameters in (Asn1Encodable?[])[null, new DerSequence(), new DerUtf8String("x")])
        {
            SubjectPublicKeyInfo odd = new(parameters is null ? new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption) : new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, parameters), key.PublicKey.ParsePublicKey());
            CertificateIssueRequest request = new() { Authority = "Root", Request = CertificateRequestReader.Read(key.Request(odd), "the request"), Subject = DistinguishedName.Parse("/CN=a.example.com") };
            IssueOutcome outcome = _store.TryIssue(request);
            Assert.Null(outcome.Error);
            Assert.Equal(key.PublicKey.GetDerEncoded(), outcome.Certificate!.ToX509Certificate2().PublicKey.ExportSubjectPublicKeyInfo());
        }
    }

    [Theory]
    [InlineData(256), InlineData(384), InlineData(521)]
    public void A_compressed_point_is_certified_uncompressed(int size)
    {
        _store.Root();
        (ECDsa key, SubjectPublicKeyInfo plain) = EllipticKey(size);
        X9ECParameters curve = SecNamedCurves.GetByOid(PublicKeyPolicy.CurveOf(size));
        var compressed = new SubjectPublicKeyInfo(plain.Algorithm, curve.Curve.DecodePoint(plain.PublicKey.GetBytes()).GetEncoded(compressed: true));
        CaCertificateRequest request = CertificateRequestReader.Read(EllipticRequest(key, compressed), "the request");
        IssueOutcome outcome = _store.TryIssue(new CertificateIssueRequest { Authority = "Root", Request = request, Subject = DistinguishedName.Parse("/CN=a.example.com") });
        Assert.Null(outcome.Error);
        Assert.Equal(plain.GetDerEncoded(), outcome.Certificate!.ToX509Certificate2().PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(request.PublicKeyPin, outcome.Certificate.PublicKeyPin);
    }

    [Theory]
    [InlineData(256), InlineData(384), InlineData(521)]
    public void A_point_beside_the_curve_is_refused(int size)
    {
        (ECDsa key, SubjectPublicKeyInfo plain) = EllipticKey(size);
        byte[] point = plain.PublicKey.GetBytes();
        point[^1] ^= 1;
        Assert.Equal("WeakKey", Assert.Throws<CaKeyException>(() => CertificateRequestReader.Read(EllipticRequest(key, new SubjectPublicKeyInfo(plain.Algorithm, point)), "the request")).ErrorId);
        Assert.Equal("WeakKey", Assert.Throws<CaKeyException>(() => CertificateRequestReader.Read(EllipticRequest(key, new SubjectPublicKeyInfo(plain.Algorithm, [0])), "the request")).ErrorId);
    }

    [Fact]
    public void A_curve_by_its_parameters_is_refused()
    {
        (ECDsa key, SubjectPublicKeyInfo plain) = EllipticKey(256);
        var spelled = new SubjectPublicKeyInfo(new AlgorithmIdentifier(plain.Algorithm.Algorithm, SecNamedCurves.GetByOid(SecObjectIdentifiers.SecP256r1)), plain.PublicKey.GetBytes());
        Assert.Equal("KeyTypeNotAllowed", Assert.Throws<CaKeyException>(() => CertificateRequestReader.Read(EllipticRequest(key, spelled), "the request")).ErrorId);
    }

    [Fact]
    public void A_weak_key_from_elsewhere_is_imported_with_a_warning_and_not_renewed()
    {
        WeakRsa weak = Keys["exponent 3"].Value;
        Issued<IReadOnlyList<string>> imported = Import(weak);
        Assert.Contains(imported.Warnings, warning => warning.Contains("weak key") && warning.Contains("exponent is 3"));
        Assert.Equal("WeakKey", Assert.Throws<CaKeyException>(() => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = imported.Value.Single() })).ErrorId);
        Assert.Equal(KeyType.RSA, _store.Engine.Authorities.Get(imported.Value.Single()).KeyType);
    }

    private Issued<IReadOnlyList<string>> Import(WeakRsa key)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKey.GetDerEncoded(), out _);
        using var other = new TestStore();
        other.Root(pathLength: 2);
        using var issuerKey = ECDsa.Create();
        CaAuthority issuer = other.Engine.Authorities.Get("Root");
        issuerKey.ImportFromPem(File.ReadAllText(issuer.KeyFile));
        var request = new CertificateRequest("CN=Old", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        X509Certificate2 issuerCertificate = issuer.ToX509Certificate2();
        using X509Certificate2 certificate = request.Create(
            issuerCertificate.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(30), [1, 2, 3]);
        File.WriteAllText(_store.File("root.pem"), issuer.ToPem() + File.ReadAllText(issuer.KeyFile));
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("root.pem")), Name = "Elsewhere" });
        File.WriteAllText(_store.File("old.pem"), certificate.ExportCertificatePem());
        return _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("old.pem")), Name = "Old" });
    }

    private static (ECDsa Key, SubjectPublicKeyInfo PublicKey) EllipticKey(int size)
    {
        var key = ECDsa.Create(size switch { 256 => ECCurve.NamedCurves.nistP256, 384 => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 });
        return (key, SubjectPublicKeyInfo.GetInstance(key.ExportSubjectPublicKeyInfo()));
    }

    private static byte[] EllipticRequest(ECDsa key, SubjectPublicKeyInfo encodedAs)
    {
        var info = new CertificationRequestInfo(new X509Name("CN=a.example.com"), encodedAs, new DerSet());
        byte[] signature = key.SignData(info.GetEncoded(Asn1Encodable.Der), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new CertificationRequest(info, new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha256), new DerBitString(signature)).GetEncoded(Asn1Encodable.Der);
    }

    public void Dispose() => _store.Dispose();
}

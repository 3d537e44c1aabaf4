using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>Certificates that were issued elsewhere renew as they are: with their own names, usages, extensions and lifetime.</summary>
public sealed class RenewalShapeTests : IDisposable
{
    private static readonly DateTimeOffset Forever = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private static readonly Dictionary<string, Action<CertificateRequest>> Shapes = new()
    {
        ["nothing but a subject"] = _ => { },
        ["alternative names"] = request => request.CertificateExtensions.Add(Names(critical: false)),
        ["critical key usage"] = request => request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true)),
        ["key usage that is not critical"] = request => request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: false)),
        ["key usage of authorities"] = request => request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true)),
        ["key usage of authorities alone"] = request => request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, critical: true)),
        ["critical extended key usage"] = request => request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], critical: true)),
        ["extension of nobody"] = request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5.6", [4, 2, 1, 2], critical: false)),
        ["critical extension of nobody"] = request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5.6", [4, 2, 1, 2], critical: true)),
        ["extension in BER"] = request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5.6", [0x30, 0x80, 1, 1, 1, 0, 0], critical: false)),
        ["extensions of authorities"] = request => request.CertificateExtensions.Add(new X509Extension("2.5.29.36", [0x30, 3, 0x80, 1, 0], critical: true)),
        ["OCSP no check"] = request => request.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.48.1.5", [5, 0], critical: false)),
        ["basic constraints"] = request => request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: false)),
    };

    private readonly SetClock _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;
    private readonly CaAuthority _root;

    public RenewalShapeTests()
    {
        _store = new TestStore(_clock);
        _root = _store.Root();
    }

    public static TheoryData<string> AllShapes => new(Shapes.Keys);

    [Theory]
    [MemberData(nameof(AllShapes))]
    public void Keeps_what_it_had_and_gets_nothing_else(string shape)
    {
        CaCertificate old = Import(Shapes[shape]);
        CaCertificate renewed = Renew(old);
        using var before = X509CertificateLoader.LoadCertificate(old.ToDer());
        using var after = X509CertificateLoader.LoadCertificate(renewed.ToDer());
        Assert.Equal(before.SubjectName.RawData, after.SubjectName.RawData);
        Assert.Equal(before.PublicKey.ExportSubjectPublicKeyInfo(), after.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(before.NotAfter - before.NotBefore, after.NotAfter - after.NotBefore);
        Assert.Empty(renewed.Profile);
        string[] own = ["2.5.29.14", "2.5.29.35", "2.5.29.19"];
        Assert.Equal(Expected(shape, before).Except(own).Order(), after.Extensions.Select(e => e.Oid!.Value!).Except(own).Order());
        foreach (X509Extension kept in after.Extensions.Where(e => !own.Contains(e.Oid!.Value) && shape is not ("key usage of authorities" or "extension in BER")))
        {
            X509Extension had = before.Extensions[kept.Oid!.Value!]!;
            Assert.Equal((had.Critical, Convert.ToHexString(had.RawData)), (kept.Critical, Convert.ToHexString(kept.RawData)));
        }

        Assert.DoesNotContain(_store.Engine.Care.Test().Findings, finding => finding.Message.Contains("damaged", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("")]
    [InlineData("O=Only")]
    public void Without_a_common_name_the_alternative_names_are_enough(string subject)
    {
        CaCertificate renewed = Renew(Import(request => request.CertificateExtensions.Add(Names(critical: true)), subject: subject));
        Assert.Equal("www.example.com", Assert.Single(renewed.SubjectAlternativeName).Value);
        Assert.Null(renewed.CommonName);
    }

    [Theory]
    [InlineData(UniversalTagNumber.TeletexString)]
    [InlineData(UniversalTagNumber.BMPString)]
    [InlineData(UniversalTagNumber.UniversalString)]
    [InlineData(UniversalTagNumber.NumericString)]
    [InlineData(UniversalTagNumber.IA5String)]
    public void A_subject_in_an_unusual_string_type_stays_as_it_was(UniversalTagNumber type)
    {
        byte[] octets = type switch
        {
            UniversalTagNumber.BMPString => [0, (byte)'1', 0, (byte)'2'],
            UniversalTagNumber.UniversalString => [0, 0, 0, (byte)'1'],
            _ => [(byte)'1', (byte)'2'],
        };
        byte[] name = Name(type, octets);
        CaCertificate renewed = Renew(Import(_ => { }, name: name));
        using var after = X509CertificateLoader.LoadCertificate(renewed.ToDer());
        Assert.Equal(name, after.SubjectName.RawData);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_subject_from_elsewhere_is_kept_in_the_certificate_and_shown_as_no_character()
    {
        byte[] whole = [0, (byte)'Q', 0, (byte)'a'], half = [0xd8, 0, 0, (byte)'a'];
        CaCertificate renewed = Renew(Import(_ => { }, name: Name(UniversalTagNumber.BMPString, whole), change: content => half.CopyTo(content.AsSpan(content.AsSpan().IndexOf(whole)))));
        Assert.Equal(Name(UniversalTagNumber.BMPString, half), new DecodedCertificate(renewed.ToDer()).SubjectName.GetEncoded());
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Theory]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Ed448)]
    public void Keys_of_every_kind_renew(KeyType type)
    {
        CaCertificate issued = _store.Issue("/CN=a.example.com", type: type);
        CaCertificate renewed = Renew(MoveElsewhere(issued, out CaEngine other), other);
        Assert.Equal(type, renewed.KeyType);
        DecodedCertificate before = new(issued.ToDer()), after = new(renewed.ToDer());
        Assert.Equal((before.KeyUsage, before.ExtendedKeyUsage![0]), (after.KeyUsage, after.ExtendedKeyUsage![0]));
    }

    [Fact]
    public void A_new_key_of_another_kind_keeps_of_the_usages_what_it_can_do()
    {
        CaCertificate old = Import(request => request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyAgreement, critical: true)));
        CaCertificate renewed = Renew(new CertificateIssueRequest
        {
            Authority = "Root",
            Renews = old,
            GenerateKey = KeySpecification.Create(KeyType.Ed25519),
            KeyPath = _store.File("new.key"),
        }).Certificate!;
        Assert.Equal((int)X509KeyUsageFlags.DigitalSignature, new DecodedCertificate(renewed.ToDer()).KeyUsage);
    }

    [Fact]
    public void Another_profile_brings_its_usages()
    {
        CaCertificate old = Import(Shapes["critical extended key usage"]);
        CaCertificate renewed = Renew(new CertificateIssueRequest { Authority = "Root", Renews = old, Profile = "webserver" }).Certificate!;
        Assert.Equal("webserver", renewed.Profile);
        Assert.Equal(["1.3.6.1.5.5.7.3.1"], new DecodedCertificate(renewed.ToDer()).ExtendedKeyUsage);
    }

    [Fact]
    public void What_never_expires_renews_until_its_issuer_expires_and_says_so()
    {
        CaCertificate old = Import(_ => { }, notAfter: Forever);
        IssueOutcome outcome = Renew(new CertificateIssueRequest { Authority = "Root", Renews = old });
        Assert.Equal(_root.NotAfter, outcome.Certificate!.NotAfter);
        Assert.Contains("expires with the authority 'Root'", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(1439)]
    public void A_short_lived_one_stays_short_lived(int minutes)
    {
        CaCertificate old = Import(_ => { }, notBefore: _clock.Now, notAfter: _clock.Now.AddMinutes(minutes));
        CaCertificate issued = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", Request = _store.Csr("/CN=x"), Subject = DistinguishedName.Parse("/CN=b.example.com"), NotAfter = _clock.Now.AddMinutes(minutes).LocalDateTime,
        }).Certificate!;
        _clock.Now = _clock.Now.AddSeconds(30);
        DateTime now = _clock.GetUtcSecond().ToLocalTime();
        CaCertificate renewed = Renew(old), again = Renew(issued);
        Assert.Equal((now, now.AddMinutes(minutes)), (renewed.NotBefore, renewed.NotAfter));
        Assert.Equal((now.AddMinutes(-5), now.AddMinutes(minutes)), (again.NotBefore, again.NotAfter));
    }

    [Fact]
    public void What_expired_before_it_began_is_refused()
    {
        CaCertificate old = Import(_ => { }, notBefore: _clock.Now.AddDays(1), notAfter: _clock.Now.AddDays(2), change: ExchangeTimes);
        Assert.Equal("EndInPast", Assert.IsAssignableFrom<CaException>(Renew(new CertificateIssueRequest { Authority = "Root", Renews = old }).Error).ErrorId);
    }

    [Fact]
    public void A_broken_extension_is_named()
    {
        CaCertificate old = Import(request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5.6", [0x30, 0x20, 1], critical: false)));
        CaException error = Assert.IsAssignableFrom<CaException>(Renew(new CertificateIssueRequest { Authority = "Root", Renews = old }).Error);
        Assert.Equal("CertificateExtensionInvalid", error.ErrorId);
        Assert.Contains("1.2.3.4.5.6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_renews_for_as_long_as_it_was_valid_to_the_second()
    {
        CaAuthority renewed = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root" }).Value;
        Assert.Equal(_root.NotAfter - _root.NotBefore, renewed.NotAfter - renewed.NotBefore);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("")]
    public void An_authority_that_never_expires_or_for_ten_minutes_alone_stays_so(string end)
    {
        DateTime notAfter = end.Length > 0 ? Forever.LocalDateTime : _clock.Now.AddMinutes(10).LocalDateTime;
        CaAuthority old = _store.Engine.Authorities.Create(TestStore.Authority("Odd") with { NotAfter = notAfter }).Value;
        CaAuthority renewed = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Odd" }).Value;
        Assert.Equal(old.NotAfter, renewed.NotAfter);
    }

    public void Dispose() => _store.Dispose();

    private static IEnumerable<string> Expected(string shape, X509Certificate2 before) =>
        shape is "key usage of authorities alone" or "extensions of authorities" ? [] : before.Extensions.Select(e => e.Oid!.Value!);

    private static X509Extension Names(bool critical)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.example.com");
        return names.Build(critical);
    }

    private static byte[] Name(UniversalTagNumber type, byte[] octets)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            // Not all of these octets are allowed in all of these types, so the writer is not asked.
            writer.WriteObjectIdentifier("2.5.4.10");
            writer.WriteEncodedValue([(byte)type, (byte)octets.Length, .. octets]);
        }

        return writer.Encode();
    }

    private CaCertificate Renew(CaCertificate old, CaEngine? engine = null)
    {
        IssueOutcome outcome = Renew(new CertificateIssueRequest { Authority = "Root", Renews = old }, engine);
        return outcome.Certificate ?? throw outcome.Error!;
    }

    private IssueOutcome Renew(CertificateIssueRequest request, CaEngine? engine = null)
    {
        using IssuancePipeline pipeline = (engine ?? _store.Engine).BeginIssuance();
        pipeline.Submit(request);
        return pipeline.Complete().Single();
    }

    /// <summary>A certificate that the authority's key signed without this program, imported.</summary>
    private CaCertificate Import(
        Action<CertificateRequest> shape, string subject = "CN=old.example.com", byte[]? name = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, Action<byte[]>? change = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name is null ? new X500DistinguishedName(subject) : new X500DistinguishedName(name), key, HashAlgorithmName.SHA256);
        shape(request);
        using var signer = ECDsa.Create();
        signer.ImportFromPem(File.ReadAllText(_root.KeyFile));
        DateTimeOffset from = Whole(notBefore ?? _clock.Now.AddDays(-400)), to = Whole(notAfter ?? _clock.Now.AddDays(20));
        using var issuer = X509CertificateLoader.LoadCertificate(_root.ToDer());
        using X509Certificate2 certificate = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, to, [1, 2, 3, 4]);
        byte[] der = change is null ? certificate.RawData : Changed(certificate.RawData, change, signer);
        return _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = der, Source = "elsewhere" }).Single();
    }

    /// <summary>Exchanges notBefore and notAfter, which lie behind one another.</summary>
    private static void ExchangeTimes(byte[] content)
    {
        int at = content.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x30, 0x1e, 0x17, 0x0d]) + 2;
        byte[] first = content[at..(at + 15)];
        content.AsSpan(at + 15, 15).CopyTo(content.AsSpan(at));
        first.CopyTo(content.AsSpan(at + 15));
    }

    /// <summary>The certificate with other content, signed anew: what the platform would not make.</summary>
    private static byte[] Changed(byte[] der, Action<byte[]> change, ECDsa signer)
    {
        AsnReader outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        byte[] content = outer.ReadEncodedValue().ToArray();
        ReadOnlyMemory<byte> algorithm = outer.ReadEncodedValue();
        change(content);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            writer.WriteEncodedValue(algorithm.Span);
            writer.WriteBitString(signer.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        return writer.Encode();
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>The certificate and its authority in a store where both were imported.</summary>
    private CaCertificate MoveElsewhere(CaCertificate issued, out CaEngine other)
    {
        other = new CaEngine(_store.File("other.db"), clock: _clock);
        File.WriteAllText(_store.File("root.pem"), _root.ToPem() + File.ReadAllText(_root.KeyFile));
        other.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("root.pem")), Name = "Root" });
        return other.Imports.ImportCertificate(new CertificateImportRequest { Content = issued.ToDer(), Source = "elsewhere" }).Single();
    }
}

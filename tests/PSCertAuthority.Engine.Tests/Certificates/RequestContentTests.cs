using System;
using System.Formats.Asn1;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Profiles;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>What strangers write into requests meets the rules of what is typed, and of the profile; nothing of it is copied unread.</summary>
public sealed class RequestContentTests : IDisposable
{
    private const string ExtendedKeyUsageOid = "2.5.29.37", KeyUsageOid = "2.5.29.15", PoliciesOid = "2.5.29.32", TlsFeatureOid = "1.3.6.1.5.5.7.1.24";

    private readonly TestStore _store = new();

    public RequestContentTests() => _store.Root();

    /// <summary>Tags of general names and their octets.</summary>
    public static TheoryData<int, string> Names => new()
    {
        { 2, "www.bank.example\0.evil.example" }, { 2, "a\r\nb.example.com" }, { 2, "a b.example.com" }, { 2, "*" }, { 2, "f*o.example.com" }, { 2, "*.com" }, { 2, "" }, { 2, "https://host.example.com/" },
        { 2, "172.16.200.200" }, { 2, "host.example.com:8443" }, { 2, "admin@example.com" }, { 2, "b\u00FCcher.example" }, { 2, new string('a', 64) + ".example.com" }, { 2, "\u001B[31mred.example.com" },
        { 1, "" }, { 1, "nobody" }, { 1, "m\u00FCller@example.com" }, { 1, "a@b@example.com" }, { 1, "a\n@example.com" },
        { 6, "https://example.com/a b" }, { 6, "https://e.example/\n\0x" }, { 6, "relative/path" }, { 6, "https://example.com/" + new string('x', 2100) }, { 6, "https://\u00E4.example/" },
        { 7, "abc" }, { 7, "192.168.1.1" }, { 7, "" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_that_typing_would_refuse_is_refused(int tag, string octets)
    {
        byte[] names = Sequence(writer => writer.WriteOctetString(Encoding.Latin1.GetBytes(octets), new Asn1Tag(TagClass.ContextSpecific, tag)));
        foreach (CertificateIssueRequest use in Uses)
            Assert.Equal("InvalidGeneralName", ErrorId(use, Extension("2.5.29.17", names)));
        // By itself it is not even looked at.
        Assert.Null(ErrorId(Plain, Extension("2.5.29.17", names)));
    }

    [Fact]
    public void Addresses_of_X400_are_refused()
    {
        foreach (CertificateIssueRequest use in Uses)
            Assert.Equal("InvalidGeneralName", ErrorId(use, Extension("2.5.29.17", [0x30, 4, 0xA3, 2, 0x30, 0])));
    }

    [Theory]
    [InlineData("1.3.6.1.4.1.311.20.2.3", "svc@corp.example")]
    [InlineData("1.3.6.1.5.5.7.8.9", "j\u00F6rg@example.com")]
    public void Kinds_of_name_that_the_profile_does_not_list_are_refused(string oid, string value)
    {
        byte[] names = OtherName(oid, value);
        Assert.Equal("RequestBeyondProfile", ErrorId(Plain with { UseRequestName = true }, Extension("2.5.29.17", names)));
        Change(profile => profile with { RequestNameType = [GeneralNameKind.Dns, GeneralNameKind.OtherName] });
        Assert.Contains(Issue(Plain with { UseRequestName = true }, Extension("2.5.29.17", names)).SubjectAlternativeName, name => name.Kind == GeneralNameKind.OtherName);
        Change(profile => profile with { RequestNameType = [] });
        Assert.Equal("RequestBeyondProfile", ErrorId(Plain with { UseRequestName = true }, Dns("b.example.com")));
    }

    [Fact]
    public void Names_are_taken_as_they_would_be_typed_and_each_once()
    {
        CaCertificate certificate = Issue(
            Plain with { UseRequestName = true, SubjectAlternativeName = [GeneralName.Parse("b.example.com")] }, Dns("B.Example.com", "b.example.com.", "c.example.com", "A.example.com", "*.d.example.com"));
        Assert.Equal(["DNS:b.example.com", "DNS:c.example.com", "DNS:a.example.com", "DNS:*.d.example.com"], certificate.SubjectAlternativeName.Select(name => name.ToString()));
    }

    [Fact]
    public void Names_alone_are_taken_without_the_usages()
    {
        X509Extension[] extensions = [Dns("b.example.com"), Usage("1.3.6.1.5.5.7.3.9"), new X509KeyUsageExtension(X509KeyUsageFlags.NonRepudiation, true)];
        CaCertificate certificate = Issue(Plain with { UseRequestName = true }, extensions);
        Assert.Equal("DNS:a.example.com, DNS:b.example.com", string.Join(", ", certificate.SubjectAlternativeName));
        Assert.Equal("TLS Server Authentication", Words(certificate, "Extended Key Usage"));
        Assert.Equal("RequestBeyondProfile", ErrorId(Plain with { UseRequestExtension = true }, extensions));
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, "TooManyNames")]
    [InlineData(10_000, "TooManyNames")]
    public void There_is_a_limit_to_names(int count, string? errorId)
    {
        X509Extension names = Dns([.. Enumerable.Range(0, count).Select(i => i == 0 ? "a.example.com" : $"n{i}.example.com")]);
        Assert.Equal(errorId, ErrorId(Plain with { UseRequestName = true }, names));
        Assert.Equal(errorId, ErrorId(Plain with { SubjectAlternativeName = [.. Enumerable.Range(0, count).Select(i => GeneralName.Parse($"n{i}.example.com"))] }));
        _store.Engine.Settings.Set("MaximumNames", 10_000);
        Assert.Null(ErrorId(Plain with { UseRequestName = true }, names));
    }

    /// <summary>Types of attributes, tags of their values, octets.</summary>
    public static TheoryData<string, int, string> Subjects => new()
    {
        { "2.5.4.10", 12, "" }, { "2.5.4.10", 12, "  " }, { "2.5.4.10", 12, "Line1\nLine2" }, { "2.5.4.10", 12, "\u001B]0;pwned\u0007" }, { "2.5.4.10", 12, "a\0b" }, { "2.5.4.10", 12, new string('o', 65) },
        { "2.5.4.10", 12, new string('o', 200_000) }, { "2.5.4.10", 19, "M\u00FCller" }, { "2.5.4.10", 20, "M\u00FCller" }, { "2.5.4.10", 4, "octets" }, { "2.5.4.10", 2, "\u0005" },
        { "2.5.4.10", 28, "\0\0\0A" }, { "2.5.4.6", 19, "AUT" }, { "2.5.4.6", 19, "1A" }, { "2.5.4.3", 12, new string('c', 65) }, { "1.2.840.113549.1.9.1", 22, "j\u00FCrgen@example.com" },
        { "2.5.4.5", 22, "CN-1234@x" }, { "1.3.6.1.4.1.99999.1", 2, "\u0001" }, { "2.5.4.46", 12, "a_b" },
    };

    [Theory]
    [MemberData(nameof(Subjects))]
    public void A_subject_that_typing_would_refuse_is_refused(string type, int tag, string octets)
    {
        byte[] subject = Subject(type, tag, Encoding.Latin1.GetBytes(octets));
        Assert.Equal("InvalidName", ErrorId(Plain with { UseRequestSubject = true }, subject));
        Assert.Null(ErrorId(Plain, subject));
    }

    [Theory]
    [InlineData("2.5.4.10", 12, "M\u00C3\u00BCller", "M\u00FCller")]
    [InlineData("2.5.4.10", 30, "\0M\0\u00FC", "M\u00FC")]
    [InlineData("2.5.4.10", 20, "Mueller", "Mueller")]
    [InlineData("2.5.4.5", 22, "12-34", "12-34")]
    public void A_subject_is_encoded_anew_as_a_typed_one_would_be(string type, int tag, string octets, string value)
    {
        CaCertificate certificate = Issue(Plain with { UseRequestSubject = true }, Subject(type, tag, Encoding.Latin1.GetBytes(octets)));
        DistinguishedName expected = DistinguishedName.Parse($"/{type}={value}/CN=a.example.com");
        Assert.Equal(expected.ToDer(), certificate.ToX509Certificate2().SubjectName.RawData);
    }

    public static TheoryData<string, string, string> Extensions => new()
    {
        { KeyUsageOid, "030100", "RequestExtensionRefused" },
        { KeyUsageOid, "0303070000", "RequestExtensionRefused" },
        { KeyUsageOid, "03020780", "" },
        { KeyUsageOid, "03020520", "KeyUsageUnfit" },
        { KeyUsageOid, "03020640", "RequestBeyondProfile" },
        { KeyUsageOid, "03020106", "KeyUsageForAuthorities" },
        { KeyUsageOid, "03020001", "KeyUsageUnfit" },
        { ExtendedKeyUsageOid, "3000", "RequestExtensionRefused" },
        { ExtendedKeyUsageOid, "300A06082B06010505070309", "RequestBeyondProfile" },
        { ExtendedKeyUsageOid, "30060604551D2500", "RequestBeyondProfile" },
        { ExtendedKeyUsageOid, "300C060A2B060104018237140202", "RequestBeyondProfile" },
        { ExtendedKeyUsageOid, "300C060A2B060104018237140201", "RequestBeyondProfile" },
        { ExtendedKeyUsageOid, "301406082B0601050507030106082B06010505070301", "" },
        { PoliciesOid, "3000", "RequestExtensionRefused" },
        { PoliciesOid, "3006300406022A03", "RequestBeyondProfile" },
        { PoliciesOid, "300C300406022A03300406022A03", "CertificatePolicyRepeated" },
        { PoliciesOid, "3012301006022A03300A300806032A0304040100", "CertificatePolicyInvalid" },
        { TlsFeatureOid, "3003020105", "" },
        { TlsFeatureOid, "3003020106", "RequestExtensionRefused" },
        { TlsFeatureOid, "3000", "RequestExtensionRefused" },
        { TlsFeatureOid, "300A0208FFFFFFFFFFFFFFFF", "RequestExtensionRefused" },
        { "2.5.29.19", "30030101FF", "RequestExtensionRefused" },
        { "1.2.3.4", "!0500", "RequestExtensionRefused" },
        { "1.2.3.4", "0500", "" },
        { "1.3.6.1.5.5.7.48.1.5", "0500", "" },
    };

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Usages_policies_and_features_meet_the_key_and_the_profile(string oid, string value, string errorId)
    {
        var extension = new X509Extension(oid, Convert.FromHexString(value.TrimStart('!')), value.StartsWith('!'));
        Assert.Equal(errorId.Length == 0 ? null : errorId, ErrorId(Plain with { UseRequestExtension = true }, extension));
    }

    [Fact]
    public void A_profile_says_what_requests_may_ask_for_beyond_it()
    {
        Change(profile => profile with
        {
            RequestKeyUsage = X509KeyUsageFlags.NonRepudiation,
            RequestExtendedKeyUsage = ["codeSigning", "OCSPSigning"],
            RequestPolicy = ["1.2.3"],
        });
        CaCertificate certificate = Issue(
            Plain with { UseRequestExtension = true },
            new X509KeyUsageExtension(X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.DigitalSignature, critical: false), Usage("1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.9"),
            new X509Extension(PoliciesOid, Convert.FromHexString("3006300406022A03"), true));
        Assert.Equal("Digital Signature, Non Repudiation", Words(certificate, "Key Usage"));
        Assert.True(certificate.Extensions.Single(extension => extension.Name == "Key Usage").Critical);
        Assert.Equal("Code Signing, OCSP Signing", Words(certificate, "Extended Key Usage"));
        Assert.Equal("1.2.3", Words(certificate, "Certificate Policies"));
        Assert.False(certificate.Extensions.Single(extension => extension.Name == "Certificate Policies").Critical);
    }

    [Fact]
    public void Extensions_of_older_programs_are_read_and_a_request_with_two_lists_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        csr.OtherRequestAttributes.Add(new AsnEncodedData("1.3.6.1.4.1.311.2.1.14", Sequence(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("2.5.29.17");
                writer.WriteOctetString(Dns("b.example.com").RawData);
            }
        })));
        Assert.Equal("DNS:b.example.com", CertificateRequestReader.Read(csr.CreateSigningRequest(), "test").SubjectAlternativeName.Single().ToString());
        csr.CertificateExtensions.Add(Dns("c.example.com"));
        Assert.Equal("RequestExtensionsTwice", Assert.ThrowsAny<CaException>(() => CertificateRequestReader.Read(csr.CreateSigningRequest(), "test")).ErrorId);
    }

    [Theory]
    [InlineData("secret.evil.test.")]
    [InlineData("SECRET.Evil.Test")]
    [InlineData("*.evil.test")]
    public void Constraints_hold_for_host_names_in_any_spelling(string name)
    {
        _store.Engine.Authorities.Create(TestStore.Authority("Lab") with { NameConstraints = NameConstraints.Create([], ["evil.test", "10.0.0.0/8"]) });
        Assert.Equal("NameForbidden", ErrorId(Plain with { Authority = "Lab", UseRequestName = true }, Dns(name)));
        Assert.Equal("NameForbidden", ErrorId(Plain with { Authority = "Lab", SubjectAlternativeName = [GeneralName.Parse("IP:::ffff:10.1.2.3")] }));
        Assert.Equal("NameForbidden", ErrorId(Plain with { Authority = "Lab", SubjectAlternativeName = [GeneralName.Parse("otherName:1.3.6.1.5.5.7.8.7;IA5:_imap.secret.evil.test")] }));
    }

    [Theory]
    [InlineData("1.3.6.1.4.1.311.20.2.3")]
    [InlineData("1.3.6.1.5.5.7.8.9")]
    public void Constraints_of_mail_hold_for_all_that_is_an_address(string oid)
    {
        _store.Engine.Authorities.Create(TestStore.Authority("Lab") with { NameConstraints = NameConstraints.Create([], ["email:evil.test"]) });
        foreach (string host in new[] { "evil.test", "EVIL.test" })
            Assert.Equal("NameForbidden", ErrorId(Plain with { Authority = "Lab", SubjectAlternativeName = [GeneralName.Parse($"otherName:{oid};UTF8:root@{host}")] }));
        Assert.Null(ErrorId(Plain with { Authority = "Lab", SubjectAlternativeName = [GeneralName.Parse($"otherName:{oid};UTF8:root@good.test")] }));
    }

    [Theory]
    [InlineData("webserver", KeyType.RSA, "Digital Signature, Key Encipherment")]
    [InlineData("webserver", KeyType.EC, "Digital Signature, Key Agreement")]
    [InlineData("webserver", KeyType.Ed25519, "Digital Signature")]
    [InlineData("enduser", KeyType.RSA, "Digital Signature, Key Encipherment, Data Encipherment")]
    [InlineData("enduser", KeyType.EC, "Digital Signature, Key Agreement")]
    [InlineData("enduser", KeyType.Ed25519, "Digital Signature")]
    public void Each_key_gets_what_it_can_do(string profile, KeyType type, string usage)
    {
        CaCertificate certificate = Certificate(new CertificateIssueRequest
        {
            Authority = "Root", Profile = profile, Subject = DistinguishedName.Parse("/CN=a.example.com"), GenerateKey = KeySpecification.Create(type, null, 2048), KeyPath = _store.File("k.key"),
        });
        Assert.Equal(usage, Words(certificate, "Key Usage"));
        Assert.Equal(usage, Words(Certificate(new CertificateIssueRequest { Authority = null, Renews = certificate }), "Key Usage"));
    }

    [Fact]
    public void An_address_in_the_subject_of_a_certificate_for_mail_is_an_alternative_name()
    {
        CertificateIssueRequest request = Plain with { Profile = "enduser", Subject = DistinguishedName.Parse("/CN=Ann/emailAddress=ann@example.com") };
        Assert.Equal("email:ann@example.com", string.Join(", ", Issue(request).SubjectAlternativeName));
        Assert.Equal("email:ann@example.com", string.Join(", ", Issue(request with { SubjectAlternativeName = [GeneralName.Parse("ann@example.com")] }).SubjectAlternativeName));
    }

    public void Dispose() => _store.Dispose();

    private static CertificateIssueRequest Plain => new() { Authority = "Root", Subject = DistinguishedName.Parse("/CN=a.example.com") };

    private static CertificateIssueRequest[] Uses => [Plain with { UseRequestName = true }, Plain with { UseRequestExtension = true }];

    private static string? Words(CaCertificate certificate, string name) => certificate.Extensions.SingleOrDefault(extension => extension.Name == name)?.Description;

    private static X509Extension Extension(string oid, byte[] value) => new(oid, value, false);

    private static X509Extension Dns(params string[] names) => Extension("2.5.29.17", Sequence(writer =>
    {
        foreach (string name in names)
            writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
    }));

    private static X509Extension Usage(params string[] oids) => Extension(ExtendedKeyUsageOid, Sequence(writer =>
    {
        foreach (string oid in oids)
            writer.WriteObjectIdentifier(oid);
    }));

    private static byte[] OtherName(string oid, string value) => Sequence(writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
        }
    });

    private static byte[] Sequence(Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            content(writer);
        return writer.Encode();
    }

    /// <summary>A subject of one attribute and a common name.</summary>
    private static byte[] Subject(string type, int tag, byte[] text) => Sequence(writer =>
    {
        foreach ((string oid, int of, byte[] value) in new[] { (type, tag, text), ("2.5.4.3", 12, "x"u8.ToArray()) })
        {
            using (writer.PushSetOf())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                var octets = new AsnWriter(AsnEncodingRules.DER);
                octets.WriteOctetString(value);
                byte[] encoded = octets.Encode();
                encoded[0] = (byte)of;
                writer.WriteEncodedValue(encoded);
            }
        }
    });

    private CaCertificate Certificate(CertificateIssueRequest request) => _store.TryIssue(request) is var outcome && outcome.Certificate is { } issued ? issued : throw outcome.Error!;

    private void Change(Func<CertificateProfile, CertificateProfile> change) => _store.Engine.Profiles.Set("webserver", change);

    private CaCertificate Issue(CertificateIssueRequest request, params X509Extension[] extensions) => Outcome(request, Name("CN=x"), extensions) is var outcome && outcome.Certificate is { } issued ? issued : throw outcome.Error!;

    private CaCertificate Issue(CertificateIssueRequest request, byte[] subject) => Outcome(request, subject) is var outcome && outcome.Certificate is { } issued ? issued : throw outcome.Error!;

    private string? ErrorId(CertificateIssueRequest request, params X509Extension[] extensions) => (Outcome(request, Name("CN=x"), extensions).Error as CaException)?.ErrorId;

    private string? ErrorId(CertificateIssueRequest request, byte[] subject) => (Outcome(request, subject).Error as CaException)?.ErrorId;

    private static byte[] Name(string text) => new X500DistinguishedName(text).RawData;

    private IssueOutcome Outcome(CertificateIssueRequest request, byte[] subject, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in extensions)
            csr.CertificateExtensions.Add(extension);
        return _store.TryIssue(request with { Request = CertificateRequestReader.Read(csr.CreateSigningRequest(), "test") });
    }
}

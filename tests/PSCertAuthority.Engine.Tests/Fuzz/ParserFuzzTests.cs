using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using Xunit;
using Xunit.Abstractions;

namespace PSCertAuthority.Tests.Fuzz;

/// <summary>What comes from strangers, bent and broken: only typed errors, no hang, no runaway memory.</summary>
public sealed class ParserFuzzTests : IDisposable
{
    private static readonly string[] Subject =
    [
        "/C=AT/O=Example/CN=a.example.com", "CN=a, O=\"Example, Inc.\", C=AT", @"CN=a\,b+OU=c,O=d\=e", @"/CN=a\/b/emailAddress=a@example.com",
        "1.2.840.113549.1.9.1=a@example.com,DC=example,DC=com",
    ];

    private static readonly string[] GeneralNames =
    [
        "DNS:*.example.com", "email:a@example.com", "URI:https://example.com/a?b#c", "IP:192.0.2.1", "IP:2001:db8::1", "RID:1.2.3.4", "dirName:/C=AT/CN=a",
        "otherName:1.3.6.1.4.1.311.20.2.3;UTF8:a@example.com", "a.example.com", "192.0.2.7", "b\u00FCcher.example",
    ];

    private static readonly string[] Requested = ["DNS:www.example.com", "IP:192.0.2.1", "email:a@example.com", "URI:https://example.com/", "dirName:/C=AT/CN=a", "RID:1.2.3"];

    private readonly ITestOutputHelper _output;
    private readonly TestStore _store = new();
    private readonly SecureString _password = new();

    public ParserFuzzTests(ITestOutputHelper output)
    {
        _output = output;
        _password.AppendChar('x');
    }

    [Fact]
    public void Requests() => FuzzRun.Run("requests", [.. Csrs(KeyType.EC, KeyType.RSA, KeyType.Ed25519).SelectMany(csr => (byte[][])[csr.ToDer(), Ascii(csr.ToPem())])], ReadRequest, _output);

    /// <summary>Who sends a request can sign whatever is in it.</summary>
    [Fact]
    public void Requests_that_are_signed()
    {
        using var key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));
        byte[] request = RequestFactory.Sign(key, DistinguishedName.Parse("/C=AT/O=Example/OU=A/OU=B/CN=www.example.com/emailAddress=a@example.com"), Names);
        byte[] content = CertificationRequest.GetInstance(request).GetCertificationRequestInfo().GetDerEncoded();
        FuzzRun.Run("signed requests", [content], ReadRequest, _output, changed => Sign(key, changed));
    }

    /// <summary>The same through all of issuing: key and signature are right, what is asked for is not.</summary>
    [Fact]
    public void Requests_that_are_signed_and_issued_from()
    {
        using var key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));
        CertificationRequestInfo content = CertificationRequest.GetInstance(RequestFactory.Sign(key, DistinguishedName.Parse("/C=AT/O=Example/CN=www.example.com"), Names)).GetCertificationRequestInfo();
        byte[] head = [2, 1, 0, .. content.Subject.GetDerEncoded(), .. content.SubjectPublicKeyInfo.GetDerEncoded()];
        _store.Root(pathLength: 0);
        using IssuancePipeline pipeline = _store.Engine.BeginIssuance();
        void Issue(byte[] request)
        {
            pipeline.Submit(new CertificateIssueRequest { Authority = "Root", Request = CertificateRequestReader.Read(request, "fuzz"), Subject = DistinguishedName.Parse("/CN=www.example.com") });
            IssueOutcome outcome = pipeline.Take();
            if (outcome.Error is not null)
                throw outcome.Error;
            Touch(outcome.Certificate!.ToDer());
        }

        FuzzRun.Run("issuing", [content.Attributes.GetDerEncoded()], Issue, _output, attributes => Sign(key, Sequence([.. head, .. attributes.Length == 0 ? [] : (byte[])[0xA0, .. attributes[1..]]])));
    }

    [Fact]
    public void Certificates() => FuzzRun.Run("certificates", CertificateSamples(), Touch, _output);

    [Fact]
    public void Pem_files()
    {
        byte[][] samples = CertificateSamples();
        FuzzRun.Run(
            "PEM",
            [.. samples.Select(der => Pem.Encode("CERTIFICATE", der)), [.. samples.SelectMany(der => Pem.Encode("X509 CERTIFICATE", der))], Pem.Encode("PKCS7", CertificateBundle.Encode(samples))],
            content =>
            {
                Assert.NotNull(Pem.Decode(content));
                CertificateMaterial.ReadCertificates(content, "fuzz", null);
            },
            _output);
    }

    [Fact]
    public void Pkcs12_files()
    {
        using var key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));
        byte[][] certificates = CertificateSamples();
        byte[] Sample(Pkcs12Compatibility compatibility) => Pkcs12File.Encode(key, certificates, new Pkcs12Options { Password = _password, Compatibility = compatibility });
        FuzzRun.Run(
            "PKCS #12", [.. Enum.GetValues<Pkcs12Compatibility>().Select(Sample)], content => CertificateMaterial.ReadCertificates(content, "fuzz", _password), _output);
    }

    /// <summary>How often a password is hashed is said by the file: too often would keep a processor busy for hours.</summary>
    [Fact]
    public void Pkcs12_files_that_ask_for_endless_work_are_refused()
    {
        using var key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));
        byte[] certificate = _store.Root().ToDer();
        foreach (Pkcs12Compatibility compatibility in Enum.GetValues<Pkcs12Compatibility>())
        {
            var tree = DerTree.TryRead(Pkcs12File.Encode(key, [certificate], new Pkcs12Options { Password = _password, Compatibility = compatibility }))!;
            // Integers of two and three octets are iterations; serial numbers and keys are longer, versions shorter.
            int count = tree.All().Count(IsIterations);
            Assert.InRange(count, 3, 5);
            for (int i = 0; i < count; i++)
            {
                DerTree changed = tree.Copy();
                changed.All().Where(IsIterations).ElementAt(i).Content = [0x7F, 0xFF, 0xFF, 0xFF];
                Assert.Equal("ImportPfxInvalid", Assert.ThrowsAny<CaException>(() => CertificateMaterial.ReadCertificates(changed.ToOctets(), "fuzz", _password)).ErrorId);
            }
        }

        static bool IsIterations(DerTree element) => element.Tag == 2 && element.Content.Length is 2 or 3;
    }

    [Fact]
    public void Bundles()
    {
        byte[][] samples = CertificateSamples();
        FuzzRun.Run("PKCS #7", [CertificateBundle.Encode(samples), CertificateBundle.Encode(samples[..1])], content => CertificateMaterial.ReadCertificates(content, "fuzz", null), _output);
    }

    [Fact]
    public void Subjects() => FuzzRun.Run(
        "subjects",
        [.. Subject.Select(Ascii)],
        content =>
        {
            var name = DistinguishedName.Parse(Encoding.UTF8.GetString(content));
            Assert.Equal(name, DistinguishedName.Parse(name.ToString()));
        },
        _output);

    [Fact]
    public void Encoded_subjects() => FuzzRun.Run(
        "encoded subjects",
        [DistinguishedName.Parse("/C=AT/ST=Tirol/L=Wien/O=Example/OU=a/OU=b/CN=a.example.com/emailAddress=a@example.com").ToDer(), DistinguishedName.Parse("/CN=\u00FC\u4E2D").ToDer()],
        content => DistinguishedName.FromDer(content).ToString(),
        _output);

    [Fact]
    public void General_names() => FuzzRun.Run(
        "general names",
        [.. GeneralNames.Select(Encoding.UTF8.GetBytes)],
        content =>
        {
            string text = Encoding.UTF8.GetString(content);
            Refuse(() => GeneralName.ParseConstraint(text));
            var name = GeneralName.Parse(text);
            Assert.Equal(name, GeneralName.Parse(name.ToString()));
        },
        _output);

    public void Dispose()
    {
        _store.Dispose();
        _password.Dispose();
    }

    private static IReadOnlyList<GeneralName> Names =>
        [.. Requested.Select(GeneralName.Parse)];

    private IEnumerable<CaCertificateRequest> Csrs(params KeyType[] types) => types.Select(type => _store.Csr("/C=AT/O=Example/CN=www.example.com", type, "DNS:www.example.com", "IP:192.0.2.1"));

    private byte[][] CertificateSamples()
    {
        CaAuthority root = _store.Root();
        CaCertificate issued = _store.TryIssue(new CertificateIssueRequest { Authority = "Root", Request = Csrs(KeyType.EC).Single(), Subject = DistinguishedName.Parse("/CN=www.example.com") }).Certificate!;
        return [root.ToDer(), issued.ToDer(), _store.Issue("/C=AT/O=Example/OU=a/CN=b.example.com", type: KeyType.Ed25519).ToDer()];
    }

    private static void ReadRequest(byte[] content)
    {
        CaCertificateRequest request = CertificateRequestReader.Read(content, "fuzz");
        Assert.NotNull(request.Subject.ToString());
        Assert.NotNull(string.Join(", ", request.SubjectAlternativeName));
        Assert.All(request.Extensions, extension => Assert.NotNull(extension.ToString()));
    }

    private static void Touch(byte[] content)
    {
        Refuse(() => CertificateFile.ReadExtensions(content, "fuzz"));
        Refuse(() => CertificateMaterial.ReadCertificates(content, "fuzz", null));
        DecodedCertificate certificate = CertificateReader.Decode(content, "fuzz");
        Assert.All(ExtensionReader.ReadCertificate(certificate.Der, "fuzz"), extension => Assert.NotNull(extension.ToString()));
        PublicKeyPolicy.Check(certificate.PublicKey);
        certificate.IsSignedBy(certificate.PublicKey);
    }

    private static byte[] Sign(PrivateKey key, byte[] content)
    {
        byte[] algorithm = SignatureAlgorithm.For(key.Specification, DigestAlgorithm.Sha256).GetDerEncoded();
        return Sequence([.. content, .. algorithm, .. new DerBitString(key.Sign(content, DigestAlgorithm.Sha256)).GetDerEncoded()]);
    }

    private static byte[] Sequence(byte[] content) => [.. CrlEntryEncoder.Head(0x30, content.Length), .. content];

    private static void Refuse(Action act)
    {
        try
        {
            act();
        }
        catch (CaException)
        {
            // That is allowed; what it throws else is not.
        }
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

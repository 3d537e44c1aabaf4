using System;
using System.IO;
using System.Linq;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>Every form in which other programs keep keys and certificates.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedTheory("openssl")]
    [InlineData("rsa", "pkcs8 -topk8 -nocrypt")]
    [InlineData("rsa", "pkcs8 -topk8 -nocrypt -outform DER")]
    [InlineData("rsa", "rsa -traditional")]
    [InlineData("rsa", "rsa -traditional -outform DER")]
    [InlineData("ec", "pkcs8 -topk8 -nocrypt -outform DER")]
    [InlineData("ec", "ec")]
    [InlineData("ec", "ec -outform DER")]
    [InlineData("ed25519", "pkcs8 -topk8 -nocrypt -outform DER")]
    [InlineData("rsa", "pkcs8 -topk8 -v2 aes-128-cbc", true)]
    [InlineData("ec", "pkcs8 -topk8 -v2 aes-256-cbc -outform DER", true)]
    [InlineData("rsa", "pkcs8 -topk8 -v2 des3", true)]
    [InlineData("ed25519", "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512", true)]
    [InlineData("rsa", "rsa -traditional -aes256", true)]
    [InlineData("rsa", "rsa -traditional -des3", true)]
    [InlineData("ec", "ec -aes128", true)]
    public void A_key_is_read_in_every_form_of_openssl(string type, string conversion, bool encrypted = false)
    {
        string[] kind = type switch { "rsa" => ["rsa:2048"], "ec" => ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], _ => [type] };
        Tool.Succeed("openssl", ["req", "-x509", "-newkey", .. kind, "-nodes", "-subj", "/CN=Foreign", "-days", "90", "-keyout", _store.File("plain.key"), "-out", _store.File("ca.pem")]);
        Tool.Succeed("openssl", [.. conversion.Split(' '), "-in", _store.File("plain.key"), "-out", _store.File("ca.key"), .. encrypted ? (string[])["-passout", "pass:secret"] : []]);
        var request = new AuthorityImportRequest { Source = new FileSource(_store.File("ca.pem"), _store.File("ca.key")) };
        if (encrypted)
        {
            Assert.Equal("KeyPasswordRequired", Refused(request));
            // One wrong password in 256 leaves padding that looks right; some more make sure that none slips through.
            foreach (string wrong in Enumerable.Range(0, 20).Select(i => $"wrong {i}"))
                Assert.Equal("KeyPasswordWrong", Refused(request with { Password = VerificationTests.Secret(wrong) }));
            request = request with { Password = VerificationTests.Secret("secret") };
        }

        _store.Engine.Imports.ImportAuthority(request);
        string[] password = encrypted ? ["-passin", "pass:secret"] : [];
        string ours = _store.Engine.Authorities.Get("Foreign").KeyFile;
        Assert.Equal(
            Tool.Succeed("openssl", "pkey", "-in", _store.File("plain.key"), "-pubout"),
            Tool.Succeed("openssl", ["pkey", "-in", ours, "-pubout", .. password]));
        Assert.Equal(encrypted, File.ReadAllText(ours).Contains("ENCRYPTED"));
    }

    [JudgedFact("openssl")]
    public void Curve_parameters_before_the_key_are_passed_over()
    {
        Tool.Succeed("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-out", _store.File("ca.key"));
        Assert.Contains("EC PARAMETERS", File.ReadAllText(_store.File("ca.key")));
        Tool.Succeed("openssl", "req", "-x509", "-new", "-key", _store.File("ca.key"), "-subj", "/CN=Foreign", "-days", "2000", "-out", _store.File("ca.pem"));
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("ca.pem"), _store.File("ca.key")) });
        _store.Issue("/CN=a.example.com", "Foreign");
    }

    [JudgedTheory("openssl")]
    [InlineData("")]
    [InlineData("-legacy")]
    public void A_pkcs12_file_with_the_empty_password_is_read(string option)
    {
        CaAuthority root = _store.Root();
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        Tool.Succeed("openssl", ["pkcs12", "-export", "-in", _store.File("root.pem"), "-inkey", root.KeyFile, "-passout", "pass:", "-out", _store.File("root.p12"), .. option.Length > 0 ? (string[])[option] : []]);
        using var other = new TestStore();
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("root.p12")), Name = "Root" });
        Assert.Equal(File.ReadAllText(root.KeyFile), File.ReadAllText(other.Engine.Authorities.Get("Root").KeyFile));
    }

    [Fact]
    public void A_pkcs12_file_with_a_password_asks_for_it()
    {
        _store.Root();
        _store.Issue("/CN=a.example.com");
        File.WriteAllBytes(_store.File("root.p12"), Pfx("secret"));
        Assert.Equal("KeyPasswordRequired", Refused(new AuthorityImportRequest { Source = new FileSource(_store.File("root.p12")) }));
        byte[] content = Pfx("secret");
        Assert.Equal("KeyPasswordRequired", Assert.ThrowsAny<CaException>(() => Take(_store, content)).ErrorId);
        Assert.Equal("ImportPfxInvalid", Assert.ThrowsAny<CaException>(() => Take(_store, content, "wrong")).ErrorId);
    }

    [Theory]
    [InlineData(EncodingFormat.Pem, ChainExtent.None)]
    [InlineData(EncodingFormat.Pem, ChainExtent.WithRoot)]
    [InlineData(EncodingFormat.Der, ChainExtent.None)]
    [InlineData(EncodingFormat.Pkcs7, ChainExtent.None)]
    [InlineData(EncodingFormat.Pkcs7, ChainExtent.WithRoot)]
    public void A_certificate_comes_back_from_every_format_of_export(EncodingFormat format, ChainExtent chain)
    {
        _store.Root();
        _store.Issuing();
        CaCertificate before = _store.Issue("/CN=a.example.com", "Issuing");
        byte[] content = _store.Engine.Exports.Encode(before, new CertificateExportRequest { Format = format, Chain = chain });
        using TestStore other = WithTheSameAuthorities();
        CaCertificate after = Take(other, content).Single();
        Assert.Equal((before.Sha256Fingerprint, before.SerialNumber, before.Subject, before.NotAfter, before.Status, "Issuing"),
            (after.Sha256Fingerprint, after.SerialNumber, after.Subject, after.NotAfter, after.Status, after.Authority));
        Assert.Equal("ImportCertificateExists", Assert.ThrowsAny<CaException>(() => Take(other, content)).ErrorId);
        Assert.True(other.Engine.Care.Test().Passed);
    }

    [Fact]
    public void A_certificate_comes_back_from_pkcs12_and_its_key_stays_out()
    {
        _store.Root();
        _store.Issuing();
        CaCertificate before = _store.Issue("/CN=a.example.com", "Issuing");
        byte[] content = Pfx("secret");
        using TestStore other = WithTheSameAuthorities();
        Assert.Equal(before.Sha256Fingerprint, Take(other, content, "secret").Single().Sha256Fingerprint);
        Assert.False(Directory.Exists(other.File("ca.keys")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("0\u0003\u0002\u0001\u0003")]
    public void What_is_no_certificate_is_said(string content)
    {
        _store.Root();
        string id = Assert.ThrowsAny<CaException>(() => Take(_store, Encoding.ASCII.GetBytes(content))).ErrorId;
        Assert.True(id is "CertificateUnreadable" or "ImportCertificateMissing", id);
    }

    private byte[] Pfx(string password)
    {
        CaCertificate certificate = _store.Engine.Certificates.Get("a.example.com");
        using PrivateKey key = PrivateKeyFile.Read(Directory.GetFiles(_store.Folder, "*.key").Single(), null, "a.example.com");
        var chain = _store.Engine.Authorities.GetChain(certificate.Authority);
        return Pkcs12File.Encode(key, [certificate.ToDer(), .. chain.Select(a => a.ToDer())], new Pkcs12Options { Password = VerificationTests.Secret(password) });
    }

    private TestStore WithTheSameAuthorities()
    {
        var other = new TestStore();
        foreach (CaAuthority authority in _store.Engine.Authorities.GetChain("Issuing"))
        {
            File.WriteAllText(other.File("authority.pem"), authority.ToPem());
            other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("authority.pem")), Name = authority.Name });
        }

        return other;
    }

    private static System.Collections.Generic.IReadOnlyList<CaCertificate> Take(TestStore store, byte[] content, string? password = null) => store.Engine.Imports.ImportCertificate(
        new CertificateImportRequest { Content = content, Source = "the file", Password = password is null ? null : VerificationTests.Secret(password) });

    private string Refused(AuthorityImportRequest request) => Assert.ThrowsAny<CaException>(() => _store.Engine.Imports.ImportAuthority(request)).ErrorId;

    public void Dispose() => _store.Dispose();
}

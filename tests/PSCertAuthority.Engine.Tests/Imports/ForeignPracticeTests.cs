using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>What the directories of authorities that lived for years hold, beside what the manuals show.</summary>
public sealed class ForeignPracticeTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedFact("openssl")]
    public void Authorities_with_the_same_serial_number_keep_their_own_keys()
    {
        foreach (string name in new[] { "One", "Two", "Three" })
        {
            MakeAuthority(name, "1");
            Import(new FileSource(_store.File(name + ".pem"), name == "Three" ? null : _store.File(name + ".key")), name);
        }

        foreach (string name in new[] { "One", "Two" })
        {
            File.WriteAllText(_store.File("leaf.pem"), _store.Issue($"/CN={name}.example.com", name).ToPem());
            Tool.Succeed("openssl", "verify", "-CAfile", _store.File(name + ".pem"), _store.File("leaf.pem"));
        }

        Assert.False(_store.Engine.Authorities.Get("Three").HasPrivateKey);
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void The_key_goes_where_the_setting_says()
    {
        MakeAuthority("One", "1");
        _store.Engine.Settings.Set("KeyDirectory", _store.File("vault"));
        Import(new FileSource(_store.File("One.pem"), _store.File("One.key")), "One");
        CaAuthority authority = _store.Engine.Authorities.Get("One");
        Assert.Equal(_store.File("vault"), Path.GetDirectoryName(authority.KeyFile));
        Assert.True(authority.HasPrivateKey);
    }

    [JudgedFact("openssl")]
    public void What_was_revoked_and_ended_is_on_one_more_crl()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        string ended = old.Issue("ended.example.com", "-startdate", "20200101000000Z", "-enddate", "20210101000000Z");
        old.Revoke(ended, "-crl_reason", "superseded");
        Import(new OpenSslSource(old.Path), "Old");
        AssertHealthy();
        Assert.Equal(1, _store.Engine.Crls.Create("Old", null, TimeSpan.FromDays(1)).EntryCount);
        Assert.Equal(0, _store.Engine.Crls.Create("Old", null, TimeSpan.FromDays(1)).EntryCount);
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void Authorities_that_signed_each_other_make_no_circle()
    {
        MakeAuthority("One", "1");
        MakeAuthority("Two", "2");
        Cross("One", "Two");
        Cross("Two", "One");
        Import(new FileSource(_store.File("OneByTwo.pem"), _store.File("One.key")), "OneByTwo");
        Import(new FileSource(_store.File("TwoByOne.pem"), _store.File("Two.key")), "TwoByOne");
        Assert.Equal("OneByTwo", _store.Engine.Authorities.Get("TwoByOne").Parent);
        Assert.Null(_store.Engine.Authorities.Get("OneByTwo").Parent);
        Assert.Equal(2, _store.Engine.Authorities.GetChain("TwoByOne").Count);
        _store.Issue("/CN=a.example.com", "TwoByOne");

        // The roots have the same subjects and keys: they are certificates of these authorities, and no others.
        Assert.Contains(Import(new FileSource(_store.File("One.pem")), "One").Warnings, warning => warning.Contains("cross-certificate"));
        Import(new FileSource(_store.File("Two.pem")), "Two");
        Assert.Equal(["OneByTwo", "TwoByOne"], _store.Engine.Authorities.List().Select(authority => authority.Name));
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void A_directory_that_was_copied_is_read_where_it_is()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        old.Issue("a.example.com");
        Directory.Move(_store.File("ca"), _store.File("copy"));
        Import(new OpenSslSource(_store.File("copy")), "Old");
        Assert.True(_store.Engine.Authorities.Get("Old").HasPrivateKey);
        Assert.Equal("a.example.com", _store.Engine.Certificates.List(new CertificateFilter()).Single().CommonName);
    }

    [JudgedFact("openssl")]
    public void A_directory_without_its_key_says_so()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        File.Delete(old.File("private/authority.key"));
        Assert.Contains(Import(new OpenSslSource(old.Path), "Old").Warnings, warning => warning.Contains("authority.key") && warning.Contains("without it"));
        Assert.False(_store.Engine.Authorities.Get("Old").HasPrivateKey);
    }

    [JudgedFact("openssl")]
    public void Lines_that_openssl_reads_are_read()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        string first = old.Issue("a.example.com");
        string second = old.Issue("b.example.com");
        old.Revoke(first, "-crl_reason", "removeFromCRL");
        old.Revoke(second, "-crl_reason", "superseded");
        string index = File.ReadAllText(old.File("index.txt"));
        File.WriteAllText(old.File("index.txt"), "# a remark\n" + index.Replace("superseded", "SuperSeded"));
        old.MakeCrl("old.crl");
        Import(new OpenSslSource(old.Path), "Old");
        Assert.Equal(
            ["Superseded", "Unspecified"],
            _store.Engine.Certificates.List(new CertificateFilter { Status = [CertificateStatus.Revoked] }).Select(c => c.RevocationReason.ToString()!).Order());
    }

    [JudgedFact("openssl")]
    public void A_serial_number_that_is_none_is_said()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        File.WriteAllText(old.File("index.txt"), "V\t300101000000Z\t\t7:5\tunknown\t/CN=a\n");
        CaException error = Assert.ThrowsAny<CaException>(() => Import(new OpenSslSource(old.Path), "Old"));
        Assert.Equal("ImportIndexInvalid", error.ErrorId);
        Assert.Contains("Line 1", error.Message);
    }

    [JudgedTheory("openssl")]
    [InlineData("utf8only", "/C=AT/O=Öster/CN=Wörter", "-utf8")]
    [InlineData("nombstr", "/C=AT/O=Oester/1.2.3.4.5=odd/CN=Woerter", null)]
    [InlineData("MASK:0x800", "/O=Wide/CN=Characters", null)]
    [InlineData("MASK:0x4", "/O=Old/CN=Teletex", null)]
    public void Names_in_any_kind_of_string_stay_octet_for_octet(string mask, string subject, string? option)
    {
        File.WriteAllText(_store.File("odd.cnf"), $"oid_section=o\n[o]\n[req]\ndistinguished_name=d\nstring_mask={mask}\nx509_extensions=e\n[d]\n[e]\nbasicConstraints=critical,CA:TRUE\n");
        Tool.Succeed("openssl", ["req", "-config", _store.File("odd.cnf"), "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject, "-days", "2000",
            "-keyout", _store.File("odd.key"), "-out", _store.File("odd.pem"), .. option is null ? (string[])[] : [option]]);
        Import(new FileSource(_store.File("odd.pem"), _store.File("odd.key")), "Odd");
        CaCertificate leaf = _store.Issue("/CN=a.example.com", "Odd");
        Assert.Equal(_store.Engine.Authorities.Get("Odd").ToX509Certificate2().SubjectName.RawData, leaf.ToX509Certificate2().IssuerName.RawData);
        File.WriteAllText(_store.File("leaf.pem"), leaf.ToPem());
        File.WriteAllText(_store.File("odd.crl"), _store.Engine.Crls.Create("Odd", null, TimeSpan.FromDays(1)).ToPem());
        Tool.Succeed("openssl", "verify", "-crl_check", "-CAfile", _store.File("odd.pem"), "-CRLfile", _store.File("odd.crl"), _store.File("leaf.pem"));
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void Weak_keys_are_refused_and_ended_authorities_are_not()
    {
        Tool.Succeed("openssl", "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-subj", "/CN=Weak", "-keyout", _store.File("weak.key"), "-out", _store.File("weak.pem"));
        CaException error = Assert.ThrowsAny<CaException>(() => Import(new FileSource(_store.File("weak.pem"), _store.File("weak.key")), "Weak"));
        Assert.Equal("WeakKey", error.ErrorId);
        Assert.Empty(_store.Engine.Authorities.List());

        var old = new OpenSslDirectory(_store.File("ca"));
        Tool.Succeed("openssl", "ca", "-config", old.File("openssl.cnf"), "-batch", "-notext", "-rand_serial", "-selfsign", "-startdate", "20200101000000Z", "-enddate", "20210101000000Z",
            "-keyfile", old.File("private/authority.key"), "-in", Request(old), "-out", old.File("authority.pem"), "-extfile", Extensions());
        Assert.Contains(Import(new OpenSslSource(old.Path), "Ended").Warnings, warning => warning.Contains("has ended"));
        Assert.Equal(AuthorityStatus.Expired, _store.Engine.Authorities.Get("Ended").Status);
        Assert.Empty(_store.Engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() }));
        AssertHealthy();
    }

    private string Request(OpenSslDirectory old)
    {
        Tool.Succeed("openssl", "req", "-new", "-key", old.File("private/authority.key"), "-subj", "/CN=Ended", "-out", _store.File("ended.csr"));
        return _store.File("ended.csr");
    }

    private string Extensions()
    {
        File.WriteAllText(_store.File("ca.ext"), "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n");
        return _store.File("ca.ext");
    }

    private void MakeAuthority(string name, string serial) => Tool.Succeed(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-set_serial", serial, "-days", "2000",
        "-subj", "/CN=" + name, "-keyout", _store.File(name + ".key"), "-out", _store.File(name + ".pem"));

    private void Cross(string subject, string issuer)
    {
        string csr = _store.File(subject + ".csr");
        Tool.Succeed("openssl", "req", "-new", "-key", _store.File(subject + ".key"), "-subj", "/CN=" + subject, "-out", csr);
        Tool.Succeed("openssl", "x509", "-req", "-in", csr, "-CA", _store.File(issuer + ".pem"), "-CAkey", _store.File(issuer + ".key"), "-set_serial", "77", "-days", "1900",
            "-extfile", Extensions(), "-out", _store.File($"{subject}By{issuer}.pem"));
    }

    private Issued<System.Collections.Generic.IReadOnlyList<string>> Import(AuthoritySource source, string name) =>
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = source, Name = name });

    private void AssertHealthy() =>
        Assert.Empty(_store.Engine.Care.Test().Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Message));

    public void Dispose() => _store.Dispose();
}

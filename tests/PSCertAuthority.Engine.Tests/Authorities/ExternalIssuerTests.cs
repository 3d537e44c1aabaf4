using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using PSCertAuthority.Validation;
using Xunit;

namespace PSCertAuthority.Tests.Authorities;

/// <summary>A subordinate of a root that is elsewhere: its request, the pending authority, the answer, and its renewals (SPEC.md, section 13).</summary>
public sealed class ExternalIssuerTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly ExternalRoot _root;

    public ExternalIssuerTests() => _root = new ExternalRoot(_store);

    [JudgedTheory("openssl")]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.Ed25519)]
    public void A_subordinate_of_an_external_root_issues_once_its_certificate_is_imported(KeyType type)
    {
        CaAuthority pending = Request(type);
        Assert.Equal(AuthorityStatus.Pending, pending.Status);
        Assert.True(pending.HasPrivateKey);
        Assert.Equal("/O=Example/CN=Example Sub", pending.Subject.ToString());
        string text = Tool.Succeed("openssl", "req", "-in", _store.File("sub.csr"), "-noout", "-text", "-verify");
        Assert.Contains("CA:TRUE, pathlen:0", text);
        Assert.Contains("Certificate Sign, CRL Sign", text);
        Assert.Contains("Subject Key Identifier", text);

        CaAuthority completed = Import(_root.Sign(_store.File("sub.csr"), "sub.pem")).Authority;
        Assert.Equal(("Sub", AuthorityStatus.Valid, true), (completed.Name, completed.Status, completed.HasPrivateKey));
        Assert.Null(completed.CertificateRequest);
        File.WriteAllText(_store.File("leaf.pem"), _store.Issue("/CN=a.example.com", "Sub").ToPem());
        Tool.Succeed("openssl", "verify", "-x509_strict", "-CAfile", _root.Certificate, "-untrusted", _store.File("sub.pem"), _store.File("leaf.pem"));
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void A_pending_authority_signs_nothing_and_everything_else_goes_on()
    {
        CaAuthority pending = Request();
        _store.Root();
        var acts = new Action[]
        {
            () => _store.Issue("/CN=a.example.com", "Sub"),
            () => _store.Engine.Crls.Create("Sub", null, TimeSpan.FromDays(1)),
            () => _store.Engine.Authorities.Create(TestStore.Authority("Below", "Sub")),
            () => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub" }),
            () => _store.Engine.Authorities.Get("Sub"),
            () => _store.Engine.Authorities.Get("Example Sub"),
            () => _store.Engine.Authorities.Get(new AuthorityIdentity(pending)),
            () => _store.Engine.Authorities.GetChain("Sub"),
            () => _store.Engine.Revocations.RevokeAuthority("Sub", RevocationReason.Superseded, null),
            () => Assert.Empty(_store.Engine.Certificates.List(new CertificateFilter { Authority = "Sub" })),
            () => _store.Engine.Exports.Encode(pending, EncodingFormat.Der, ChainExtent.None),
            () => pending.ToDer(),
            () => pending.ToPem(),
            () => pending.ToX509Certificate2(),
            () => _store.Engine.Exports.Encode(pending, EncodingFormat.Pem, ChainExtent.None),
            () => pending.ReadCrl(_root.Certificate),
        };
        foreach (Action act in acts)
            Assert.Equal("AuthorityPending", Assert.ThrowsAny<CaException>(act).ErrorId);

        Assert.Equal(["Root"], _store.Engine.Authorities.List().Select(authority => authority.Name));
        Assert.Equal(["Sub"], _store.Engine.Authorities.ListPending().Select(authority => authority.Name));
        _store.Issue("/CN=b.example.com");
        _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1));
        Assert.True(_store.Engine.Tester.Test(CertificateTestRequest.For(_store.Engine.Certificates.List(new CertificateFilter()).Single())).Passed);
        Assert.Equal("AuthorityNameExists", Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Create(TestStore.Authority("sub"))).ErrorId);
        Assert.Empty(pending.RawData);
        Assert.Equal(string.Empty, pending.Sha256Fingerprint + pending.SerialNumber);
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void The_request_is_written_once_and_can_be_written_again()
    {
        File.WriteAllText(_store.File("sub.csr"), "precious");
        Assert.Equal("FileExists", Assert.ThrowsAny<CaException>(() => Request()).ErrorId);
        Assert.Equal("precious", File.ReadAllText(_store.File("sub.csr")));
        Assert.Empty(_store.Engine.Authorities.ListPending());
        Assert.Equal("PathNotWritable", Assert.ThrowsAny<CaException>(() => Request(path: _store.File("nowhere/sub.csr"))).ErrorId);
        Assert.Empty(_store.Engine.Authorities.ListPending());
        Assert.Empty(Directory.Exists(_store.File("ca.keys")) ? Directory.GetFiles(_store.File("ca.keys"), "*.key") : []);

        CaAuthority pending = Request(overwrite: true);
        byte[] again = ExportService.EncodeRequest(pending, EncodingFormat.Pem);
        Assert.Equal(File.ReadAllBytes(_store.File("sub.csr")), again);
        Assert.Equal(pending.CertificateRequest!.ToDer(), ExportService.EncodeRequest(pending, EncodingFormat.Der));
        Assert.Equal("RequestNotInFormat", Assert.ThrowsAny<CaException>(() => ExportService.EncodeRequest(pending, EncodingFormat.Pkcs7)).ErrorId);
        Assert.Equal("AuthorityNotPending", Assert.ThrowsAny<CaException>(() => ExportService.EncodeRequest(_store.Root(), EncodingFormat.Pem)).ErrorId);
        Assert.Equal("AuthorityRequestPathWithParent", Assert.ThrowsAny<CaException>(() =>
            _store.Engine.Authorities.Create(TestStore.Authority("Other", "Root") with { RequestPath = _store.File("other.csr") })).ErrorId);
    }

    [JudgedTheory("openssl")]
    [InlineData("bundle")]
    [InlineData("der")]
    [InlineData("pkcs7")]
    public void The_answer_comes_in_any_form(string form)
    {
        Request();
        string answer = _root.Sign(_store.File("sub.csr"), "sub.pem");
        string path = _store.File("answer." + form);
        if (form == "bundle")
            File.WriteAllText(path, File.ReadAllText(_root.Certificate) + File.ReadAllText(answer));
        else if (form == "der")
            Tool.Succeed("openssl", "x509", "-in", answer, "-outform", "DER", "-out", path);
        else
            Tool.Succeed("openssl", "crl2pkcs7", "-nocrl", "-certfile", _root.Certificate, "-certfile", answer, "-outform", "DER", "-out", path);
        Assert.Equal("Sub", Import(path).Authority.Name);
        Assert.Equal(AuthorityStatus.Valid, _store.Engine.Authorities.Get("Sub").Status);
    }

    [JudgedFact("openssl")]
    public void What_the_issuer_has_changed_is_a_warning_and_what_is_no_authority_is_refused()
    {
        Request();
        string leaf = _root.Sign(_store.File("sub.csr"), "leaf.pem", extensions: "basicConstraints=CA:FALSE\n");
        Assert.Equal("ImportNotAuthority", Assert.ThrowsAny<CaException>(() => Import(leaf)).ErrorId);
        Assert.Equal(AuthorityStatus.Pending, _store.Engine.Authorities.GetWithPending("Sub").Status);
        (CaAuthority completed, IReadOnlyList<string> warnings) = Import(_root.Sign(_store.File("sub.csr"), "sub.pem", subject: "/O=Elsewhere/CN=Changed"), "Another");
        Assert.Equal(("Sub", "/O=Elsewhere/CN=Changed"), (completed.Name, completed.Subject.ToString()));
        Assert.Contains(warnings, warning => warning.Contains("changed the subject"));
        Assert.Contains(warnings, warning => warning.Contains("keeps its name"));
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void A_pending_authority_survives_a_backup_is_renamed_and_removed()
    {
        Request();
        _store.Engine.Authorities.Set("Sub", new AuthorityUrls { Crl = ["http://crl.example.com/sub.crl"] }, enabled: null, "Issuing");
        using SecureString password = Password("backup");
        _store.Engine.Care.Backup(_store.File("b.zip"), password, overwrite: false);
        using var other = new TestStore();
        other.Engine.Care.Restore(_store.File("b.zip"), password, withKeys: true, overwrite: false);
        CaAuthority restored = other.Engine.Authorities.ListPending().Single();
        Assert.Equal(("Issuing", true), (restored.Name, restored.HasPrivateKey));
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_root.Sign(_store.File("sub.csr"), "sub.pem")) });
        Assert.Equal(["http://crl.example.com/sub.crl"], other.Engine.Authorities.Get("Issuing").CrlUrl);
        other.Issue("/CN=a.example.com", "Issuing");

        CaAuthority pending = _store.Engine.Authorities.ListPending().Single();
        _store.Engine.Authorities.Remove(pending, LiveCertificates.Refuse, KeyDisposal.Delete);
        Assert.Empty(_store.Engine.Authorities.ListPending());
        Assert.False(File.Exists(pending.KeyFile));
        Assert.Contains("SignatureNotChecked", other.Engine.Care.Test().Findings.Select(finding => finding.Kind));
    }

    [JudgedFact("openssl")]
    public void The_same_pair_renews_with_the_same_key()
    {
        Request();
        string first = _root.Sign(_store.File("sub.csr"), "sub.pem", days: 1000);
        CaAuthority before = Import(first).Authority;
        CaCertificate revoked = _store.Issue("/CN=revoked.example.com", "Sub");
        _store.Engine.Revocations.Revoke(revoked, RevocationReason.KeyCompromise, null);
        long number = _store.Engine.Crls.Create("Sub", null, TimeSpan.FromDays(1)).Number;

        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", RequestPath = _store.File("sub2.csr") });
        Assert.Contains("CA:TRUE, pathlen:0", Tool.Succeed("openssl", "req", "-in", _store.File("sub2.csr"), "-noout", "-text", "-verify"));
        (CaAuthority renewed, IReadOnlyList<string> warnings) = Import(_root.Sign(_store.File("sub2.csr"), "sub2.pem", days: 1500), "Second");
        Assert.Equal(before.Name, renewed.Name);
        Assert.NotEqual(before.SerialNumber, renewed.SerialNumber);
        Assert.Contains(warnings, warning => warning.Contains("keeps its name"));
        Assert.Single(_store.Engine.Authorities.List());
        AssertRevoked(revoked, "sub2.pem", number);

        // Neither comes again as another authority, and the older one does not take the place of the newer.
        Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => Import(_store.File("sub2.pem"))).ErrorId);
        Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => Import(first)).ErrorId);
        Assert.Equal(renewed.SerialNumber, _store.Engine.Authorities.Get("Sub").SerialNumber);
        Assert.Equal(renewed.Name, _store.Engine.Authorities.Get(before).Name);
        AssertHealthy();

        // The root comes later: the former certificate is with what it issued, and can be revoked there.
        Import(_root.Certificate, "Root");
        Assert.Equal("Root", _store.Engine.Authorities.Get("Sub").Parent);
        CaCertificate former = Assert.Single(_store.Engine.Certificates.List(new CertificateFilter { IsAuthority = true }));
        Assert.Equal(before.SerialNumber, former.SerialNumber);
        Assert.True(former.IsAuthority);
        _store.Engine.Revocations.Revoke(former, RevocationReason.Superseded, null);
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void The_same_pair_renews_with_a_new_key()
    {
        Request();
        Import(_root.Sign(_store.File("sub.csr"), "sub.pem"));
        CaCertificate old = _store.Issue("/CN=old.example.com", "Sub");
        CaAuthority pending = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", Key = AuthorityKey.Replace, RequestPath = _store.File("new.csr") }).Value;
        Assert.Equal((AuthorityStatus.Pending, "Sub"), (pending.Status, pending.Replaces));
        _store.Issue("/CN=meanwhile.example.com", "Sub");

        CaAuthority successor = Import(_root.Sign(_store.File("new.csr"), "new.pem")).Authority;
        Assert.Equal("Sub", successor.Name);
        CaAuthority previous = _store.Engine.Authorities.Get(old.Authority == "Sub" ? "Sub-1" : old.Authority);
        Assert.Equal((AuthorityStatus.Replaced, "Sub"), (previous.Status, previous.ReplacedBy));
        File.WriteAllText(_store.File("leaf.pem"), _store.Issue("/CN=new.example.com", "Sub").ToPem());
        Tool.Succeed("openssl", "verify", "-CAfile", _root.Certificate, "-untrusted", _store.File("new.pem"), _store.File("leaf.pem"));
        _store.Engine.Crls.Create("Sub-1", null, TimeSpan.FromDays(1));
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void A_successor_whose_subject_the_issuer_changed_counts_on_from_those_who_had_it()
    {
        _store.Engine.Authorities.Create(TestStore.Authority("Earlier") with { Subject = DistinguishedName.Parse("/O=Elsewhere/CN=Changed") });
        for (int i = 0; i < 3; i++)
            _store.Engine.Crls.Create("Earlier", null, TimeSpan.FromDays(1));
        _store.Engine.Authorities.Remove("Earlier", LiveCertificates.Abandon, KeyDisposal.Keep);
        Request();
        Import(_root.Sign(_store.File("sub.csr"), "sub.pem"));
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", Key = AuthorityKey.Replace, RequestPath = _store.File("new.csr") });
        Import(_root.Sign(_store.File("new.csr"), "new.pem", subject: "/O=Elsewhere/CN=Changed"));
        Assert.Equal(4, _store.Engine.Crls.Create("Sub", null, TimeSpan.FromDays(1)).Number);
        AssertHealthy();
    }

    public void Dispose() => _store.Dispose();

    private static SecureString Password(string text)
    {
        var password = new SecureString();
        foreach (char c in text)
            password.AppendChar(c);
        return password;
    }

    private CaAuthority Request(KeyType type = KeyType.EC, string? path = null, bool overwrite = false) => _store.Engine.Authorities.Create(TestStore.Authority("Sub", type: type) with
    {
        Subject = DistinguishedName.Parse("/O=Example/CN=Example Sub"),
        RequestPath = path ?? _store.File("sub.csr"),
        OverwriteRequest = overwrite,
    }).Value;

    private (CaAuthority Authority, IReadOnlyList<string> Warnings) Import(string path, string? name = null)
    {
        Issued<IReadOnlyList<string>> imported = _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(path), Name = name });
        return (_store.Engine.Authorities.Get(imported.Value.Single()), imported.Warnings);
    }

    private void AssertRevoked(CaCertificate certificate, string issuer, long after)
    {
        CaCrl crl = _store.Engine.Crls.Create("Sub", null, TimeSpan.FromDays(1));
        Assert.True(crl.Number > after);
        File.WriteAllText(_store.File("sub.crl"), crl.ToPem());
        File.WriteAllText(_store.File("revoked.pem"), certificate.ToPem());
        Assert.Contains("certificate revoked", Tool.Run(
            "openssl", "verify", "-crl_check", "-CAfile", _root.Certificate, "-untrusted", _store.File(issuer), "-CRLfile", _store.File("sub.crl"), _store.File("revoked.pem")).Output);
    }

    private void AssertHealthy()
    {
        var result = _store.Engine.Care.Test();
        Assert.True(result.Passed, string.Join("; ", result.Findings.Select(finding => $"{finding.Kind} {finding.Target} {finding.Message}")));
    }
}

using System;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Validation;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>Delta CRLs and CRLs about a part, as OpenSSL and GnuTLS understand them.</summary>
public sealed class CrlTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedFact("openssl")]
    public void A_delta_tells_what_was_revoked_resumed_and_changed_since_the_complete_one()
    {
        // OpenSSL looks for deltas where the certificate or its CRL says that there are some.
        _store.Engine.Authorities.Set(Root(), new AuthorityUrls { DeltaCrl = ["http://crl.example.com/delta.crl"] }, enabled: null);
        string[] names = ["good", "before", "after", "resumed", "again", "changed", "fleeting"];
        CaCertificate[] certificates = [.. names.Select(name => _store.Issue($"/CN={name}.example.com"))];
        CaCertificate Of(string name) => certificates[Array.IndexOf(names, name)];
        foreach (string name in new[] { "before", "resumed", "again", "changed" })
            _store.Engine.Revocations.Revoke(Of(name), name == "before" ? RevocationReason.Superseded : RevocationReason.CertificateHold, null);
        CaCrl complete = Make(CrlKind.Complete, "complete");
        _store.Engine.Revocations.Resume(Of("resumed"));
        _store.Engine.Revocations.Resume(Of("again"));
        _store.Engine.Revocations.Revoke(Of("again"), RevocationReason.CertificateHold, null);
        _store.Engine.Revocations.Revoke(Of("changed"), RevocationReason.KeyCompromise, null);
        _store.Engine.Revocations.Revoke(Of("after"), RevocationReason.KeyCompromise, null);
        _store.Engine.Revocations.Revoke(Of("fleeting"), RevocationReason.CertificateHold, null);
        _store.Engine.Revocations.Resume(Of("fleeting"));
        CaCrl delta = Make(CrlKind.Delta, "delta");

        Assert.Equal((1, 2, 1L), (complete.Number, delta.Number, delta.BaseNumber));
        Assert.Equal(4, delta.EntryCount);
        string text = Tool.Succeed("openssl", "crl", "-in", _store.File("delta.pem"), "-noout", "-text");
        Assert.Contains("X509v3 Delta CRL Indicator: critical", text);
        Assert.Contains("Remove From CRL", text);
        foreach (string name in names)
        {
            bool good = name is "good" or "resumed" or "fleeting";
            File.WriteAllText(_store.File("leaf.pem"), Of(name).ToPem());
            (int exitCode, string output) = Tool.Run("openssl", "verify", "-x509_strict", "-crl_check", "-extended_crl", "-use_deltas", "-CAfile", _store.File("root.pem"),
                "-CRLfile", _store.File("complete.pem"), "-CRLfile", _store.File("delta.pem"), _store.File("leaf.pem"));
            Assert.True(good == (exitCode == 0), $"{name}: {output}");
            Assert.True(good || output.Contains("certificate revoked"), output);
            Assert.Equal(good, Test(Of(name), "complete", "delta"));
        }

        // The next complete one says it all, and the next delta has nothing to add.
        Assert.Equal(4, Make(CrlKind.Complete, "next").EntryCount);
        Assert.Equal(0, Make(CrlKind.Delta, "nothing").EntryCount);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedFact("openssl")]
    public void What_an_earlier_delta_named_as_suspended_is_taken_off_by_the_next()
    {
        Root();
        CaCertificate certificate = _store.Issue("/CN=a.example.com");
        Make(CrlKind.Complete, "complete");
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.CertificateHold, null);
        Assert.Equal(1, Make(CrlKind.Delta, "one").EntryCount);
        _store.Engine.Revocations.Resume(certificate);
        Assert.Equal(1, Make(CrlKind.Delta, "two").EntryCount);
        Assert.Contains("Remove From CRL", Tool.Succeed("openssl", "crl", "-in", _store.File("two.pem"), "-noout", "-text"));
    }

    [JudgedFact("openssl")]
    public void Crls_about_authorities_users_and_reasons_name_those_alone()
    {
        Root();
        CaAuthority issuing = _store.Issuing();
        CaCertificate leaf = _store.Issue("/CN=a.example.com");
        CaCertificate other = _store.Issue("/CN=b.example.com");
        _store.Engine.Revocations.RevokeAuthority(issuing, RevocationReason.CACompromise, null);
        _store.Engine.Revocations.Revoke(leaf, RevocationReason.Superseded, null);
        _store.Engine.Revocations.Revoke(other, RevocationReason.KeyCompromise, null);
        string At(string name, CrlScope scope) => string.Join(" ", Make(CrlKind.Complete, name, scope).EntryCount, Idp(name));

        Assert.Equal("1 Only CA Certificates", At("ca", new CrlScope { Only = CrlSubjects.Ca }));
        Assert.Equal("2 Only User Certificates", At("user", new CrlScope { Only = CrlSubjects.User }));
        Assert.Equal("0 Only Attribute Certificates", At("attribute", new CrlScope { Only = CrlSubjects.Attribute }));
        Assert.Equal("2 Only Some Reasons: Key Compromise, CA Compromise", At("reasons", new CrlScope { Reasons = [RevocationReason.CACompromise, RevocationReason.KeyCompromise] }));
        Assert.Equal("3 Full Name: URI:http://crl.example.com/root.crl", At("place", new CrlScope { DistributionPoint = ["http://crl.example.com/root.crl"] }));
        Assert.Contains("Only Some Reasons", Tool.Run("openssl", "crl", "-in", _store.File("reasons.pem"), "-noout", "-text").Output);

        File.WriteAllText(_store.File("leaf.pem"), leaf.ToPem());
        Assert.Contains("certificate revoked", Verify("user"));
        Assert.DoesNotContain("revoked", Verify("ca"));
        Assert.Contains("error", Verify("ca"));
        Assert.False(Test(leaf, "user"));
        Assert.Null(Test(leaf, "ca"));
        Assert.Null(Test(leaf, "reasons"));
        Assert.False(Test(other, "reasons"));
    }

    [JudgedFact("certtool")]
    public void GnuTls_reads_deltas_and_scopes()
    {
        Root();
        Make(CrlKind.Complete, "complete", new CrlScope { Only = CrlSubjects.User });
        Make(CrlKind.Delta, "delta", new CrlScope { Only = CrlSubjects.User });
        Assert.Contains("CRL Number", Tool.Succeed("certtool", "--crl-info", "--infile", _store.File("delta.pem")));
        Assert.Contains("2.5.29.27", Tool.Succeed("certtool", "--crl-info", "--infile", _store.File("delta.pem")));
    }

    [JudgedFact("openssl")]
    public void Freshest_crl_stands_in_certificates_and_complete_crls()
    {
        CaAuthority root = Root();
        _store.Engine.Authorities.Set(root, new AuthorityUrls { DeltaCrl = ["http://crl.example.com/delta.crl"] }, enabled: null);
        Make(CrlKind.Complete, "complete");
        Make(CrlKind.Delta, "delta");
        File.WriteAllText(_store.File("leaf.pem"), _store.Issue("/CN=a.example.com").ToPem());
        Assert.Contains("X509v3 Freshest CRL", Tool.Succeed("openssl", "crl", "-in", _store.File("complete.pem"), "-noout", "-text"));
        Assert.DoesNotContain("X509v3 Freshest CRL", Tool.Succeed("openssl", "crl", "-in", _store.File("delta.pem"), "-noout", "-text"));
        Assert.Contains("URI:http://crl.example.com/delta.crl", Tool.Succeed("openssl", "x509", "-in", _store.File("leaf.pem"), "-noout", "-ext", "freshestCRL"));
        CaCertificate renewed = _store.TryIssue(new CertificateIssueRequest { Authority = "Root", Renews = new CertificateIdentity("a.example.com") }).Certificate!;
        Assert.Single(renewed.Extensions, extension => extension.Oid == "2.5.29.46");
    }

    [Fact]
    public void What_cannot_be_made_uses_no_number()
    {
        CaAuthority root = Root();
        string Refused(CrlRequest request) => Assert.ThrowsAny<CaException>(() => _store.Engine.Crls.Create(request)).ErrorId;
        var request = new CrlRequest { Authority = root, ValidFor = TimeSpan.FromDays(1) };
        Assert.Equal("CrlBaseMissing", Refused(request with { Kind = CrlKind.Delta }));
        Assert.Equal("CrlReasonInvalid", Refused(request with { Scope = new CrlScope { Reasons = [RevocationReason.Unspecified] } }));
        Assert.Equal("UrlInvalid", Refused(request with { Scope = new CrlScope { DistributionPoint = ["nonsense"] } }));
        Assert.Equal("CrlValidityInvalid", Refused(request with { ValidFor = TimeSpan.Zero }));
        Assert.Equal(0, _store.Engine.Authorities.Get("Root").LastCrlNumber);
        Make(CrlKind.Complete, "complete", new CrlScope { Only = CrlSubjects.User });
        Assert.Equal("CrlBaseMissing", Refused(request with { Kind = CrlKind.Delta }));
        Assert.Equal(1, _store.Engine.Authorities.Get("Root").LastCrlNumber);
    }

    [Fact]
    public void An_ended_certificate_stays_until_a_complete_crl_named_it_past_its_end()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var store = new TestStore(clock);
        store.Root(pathLength: 0);
        CaCertificate certificate = store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", Request = store.Csr("/CN=x"), Subject = DistinguishedName.Parse("/CN=a.example.com"), ValidDays = 2,
        }).Certificate!;
        int Count(CrlKind kind) => store.Engine.Crls.Create(new CrlRequest { Authority = "Root", ValidFor = TimeSpan.FromDays(1), Kind = kind }).EntryCount;
        Assert.Equal(0, Count(CrlKind.Complete));
        store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, Count(CrlKind.Delta));
        Assert.Equal(1, Count(CrlKind.Delta));
        Assert.Equal(1, Count(CrlKind.Complete));
        Assert.Equal(0, Count(CrlKind.Complete));
    }

    private CaAuthority Root()
    {
        CaAuthority root = _store.Root();
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        return root;
    }

    private CaCrl Make(CrlKind kind, string name, CrlScope? scope = null)
    {
        CaCrl crl = _store.Engine.Crls.Create(new CrlRequest { Authority = "Root", ValidFor = TimeSpan.FromDays(1), Kind = kind, Scope = scope ?? CrlScope.Everything });
        File.WriteAllText(_store.File(name + ".pem"), crl.ToPem());
        return crl;
    }

    /// <summary>What OpenSSL prints of the extension, in one line.</summary>
    private string Idp(string name)
    {
        string text = Tool.Succeed("openssl", "crl", "-in", _store.File(name + ".pem"), "-noout", "-text");
        string[] lines = [.. text.Split('\n').SkipWhile(line => !line.Contains("Issuing Distribution Point: critical")).Skip(1).Take(4)
            .TakeWhile(line => !line.Contains("Revoked") && !line.Contains("Signature")).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return string.Join(" ", lines);
    }

    private string Verify(string crl) => Tool.Run(
        "openssl", "verify", "-x509_strict", "-crl_check", "-extended_crl", "-CAfile", _store.File("root.pem"), "-CRLfile", _store.File(crl + ".pem"), _store.File("leaf.pem")).Output;

    /// <summary>Whether Test-CaCertificate finds it good; null where it cannot tell.</summary>
    private bool? Test(CaCertificate certificate, params string[] crls)
    {
        CertificateCheck check = _store.Engine.Tester.Test(CertificateTestRequest.For(certificate) with
        {
            Revocation = RevocationSource.Crl, CrlPaths = [.. crls.Select(name => _store.File(name + ".pem"))],
        }).Checks.Single(c => c.Check == "Revocation");
        return check.Passed ? true : check.Message.Contains("was revoked") ? false : null;
    }

    public void Dispose() => _store.Dispose();
}

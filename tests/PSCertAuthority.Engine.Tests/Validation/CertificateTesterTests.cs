using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Validation;
using Xunit;

namespace PSCertAuthority.Tests.Validation;

public sealed class CertificateTesterTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly CaCertificate _certificate;

    public CertificateTesterTests()
    {
        _store.Root();
        _store.Issuing();
        _certificate = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Issuing", Request = _store.Csr("/CN=x"), Subject = DistinguishedName.Parse("/CN=www.example.com"),
            SubjectAlternativeName = [GeneralName.Parse("*.example.org"), GeneralName.Parse("127.0.0.1")],
        }).Certificate!;
    }

    private CertificateTestRequest Request => CertificateTestRequest.For(_certificate);

    [Fact]
    public void A_sound_certificate_passes_every_check()
    {
        CaCertificateTestResult result = _store.Engine.Tester.Test(Request with { Name = "www.example.com", Purpose = "serverAuth" });
        Assert.True(result.Passed, result.ToString());
        Assert.Equal(["Issuing", "Root"], result.Chain);
        Assert.Equal(["Chain", "Dates", "Usage", "Name", "Revocation"], result.Checks.Select(check => check.Check));
    }

    [Theory]
    [InlineData("www.example.com", true)]
    [InlineData("WWW.example.com", true)]
    [InlineData("a.example.org", true)]
    [InlineData("a.b.example.org", false)]
    [InlineData("example.org", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.2", false)]
    [InlineData("mail@example.com", false)]
    public void Names_are_covered_as_tls_clients_have_it(string name, bool covered) => AssertCheck("Name", covered, Request with { Name = name });

    [Theory]
    [InlineData("serverAuth", true)]
    [InlineData("1.3.6.1.5.5.7.3.1", true)]
    [InlineData("clientAuth", false)]
    public void Purposes_are_those_of_the_extended_key_usage(string purpose, bool allowed) => AssertCheck("Usage", allowed, Request with { Purpose = purpose });

    [Fact]
    public void Dates_are_those_of_the_whole_chain()
    {
        AssertCheck("Dates", false, Request with { At = DateTime.Now.AddDays(-1) });
        AssertCheck("Dates", true, Request with { At = DateTime.Now.AddDays(700) });
        AssertCheck("Dates", false, Request with { At = DateTime.Now.AddDays(800) });
    }

    [Fact]
    public void What_is_revoked_or_unknown_to_the_store_fails()
    {
        AssertCheck("Revocation", true, Request);
        _store.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.CACompromise, null);
        AssertCheck("Revocation", false, Request);

        var internals = new CaStore(_store.StorePath);
        internals.Write(unit => unit.Certificates.RemoveAll(unit.Authorities.FindByName("Issuing")!.Id));
        CertificateCheck check = AssertCheck("Revocation", false, Request);
        Assert.Contains("no record of it", check.Message);
    }

    [Fact]
    public void A_certificate_of_somebody_else_has_no_chain_here()
    {
        using var other = new TestStore();
        other.Root();
        AssertCheck("Chain", false, CertificateTestRequest.For(other.Issue("/CN=a.example.com")));
        // The same name, another key.
        CaAuthority impostor = other.Engine.Authorities.Create(TestStore.Authority("Issuing")).Value;
        AssertCheck("Chain", false, CertificateTestRequest.For(other.Issue("/CN=b.example.com", impostor.Name)));
    }

    [Fact]
    public void Crl_files_say_what_is_revoked()
    {
        string root = WriteCrl("Root");
        string issuing = WriteCrl("Issuing");
        CertificateTestRequest request = Request with { Revocation = RevocationSource.Crl, CrlPaths = [root, issuing] };
        AssertCheck("Revocation", true, request);
        AssertCheck("Revocation", false, request with { CrlPaths = [root] });
        AssertCheck("Revocation", false, request with { At = DateTime.Now.AddDays(2) });
        _store.Engine.Revocations.Revoke(_certificate, RevocationReason.Superseded, null);
        AssertCheck("Revocation", true, request);
        WriteCrl("Issuing");
        Assert.Contains("Superseded", AssertCheck("Revocation", false, request).Message);
        File.WriteAllText(root, "nothing");
        Assert.Equal("CrlUnreadable", Assert.Throws<CaCrlException>(() => _store.Engine.Tester.Test(request)).ErrorId);
    }

    [Fact]
    public void Without_a_distribution_point_or_responder_nothing_is_taken_for_good()
    {
        AssertCheck("Revocation", false, Request with { Revocation = RevocationSource.Crl });
        AssertCheck("Revocation", false, Request with { Revocation = RevocationSource.Ocsp });
        AssertCheck("Revocation", false, Request with { Revocation = RevocationSource.Ocsp, OcspUri = new Uri("http://127.0.0.1:9/"), Timeout = TimeSpan.FromSeconds(5) });
        Assert.DoesNotContain(_store.Engine.Tester.Test(Request with { Revocation = RevocationSource.None }).Checks, check => check.Check == "Revocation");
    }

    [Fact]
    public void What_is_no_certificate_name_or_purpose_is_an_error()
    {
        File.WriteAllText(_store.File("no.pem"), "no certificate");
        Assert.Equal("CertificateUnreadable", Assert.Throws<CaCertificateException>(() => CertificateTestRequest.ForFile(_store.File("no.pem"))).ErrorId);
        Assert.Equal("InvalidGeneralName", Assert.Throws<CaNameException>(() => _store.Engine.Tester.Test(Request with { Name = "a b" })).ErrorId);
        Assert.Equal("ExtendedKeyUsageUnknown", Assert.ThrowsAny<CaException>(() => _store.Engine.Tester.Test(Request with { Purpose = "reading" })).ErrorId);
    }

    private string WriteCrl(string authority)
    {
        string path = _store.File(authority + ".crl");
        File.WriteAllText(path, _store.Engine.Crls.Create(authority, null, TimeSpan.FromHours(1)).ToPem());
        return path;
    }

    private CertificateCheck AssertCheck(string name, bool passed, CertificateTestRequest request)
    {
        CertificateCheck check = _store.Engine.Tester.Test(request).Checks.Single(one => one.Check == name);
        Assert.True(check.Passed == passed, check.ToString());
        return check;
    }

    public void Dispose() => _store.Dispose();
}

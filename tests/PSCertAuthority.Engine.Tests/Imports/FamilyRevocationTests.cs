using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Authorities;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>The CRL of one key of an issuer name tells of certificates that another key of it issued.</summary>
public sealed class FamilyRevocationTests : IDisposable
{
    private readonly TestStore _source = new();
    private readonly TestStore _store = new();
    private readonly CaCertificate _revoked;
    private readonly string _crl;

    public FamilyRevocationTests()
    {
        _source.Root();
        _source.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root", Key = AuthorityKey.Replace });
        _source.Issuing();
        _revoked = _source.Issue("/CN=v.example.com");
        _source.Engine.Revocations.Revoke(_revoked, RevocationReason.KeyCompromise, null);
        _source.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.CACompromise, null);
        _crl = Write("old.crl", _source.Engine.Crls.Create("Root-1", null, TimeSpan.FromDays(1)).ToPem());
    }

    [Theory]
    [InlineData("certificate, CRL")]
    [InlineData("CRL, certificate")]
    [InlineData("CRL, key, certificate")]
    public void A_revocation_comes_to_the_certificate_under_whichever_key_it_is(string order)
    {
        if (order != "CRL, key, certificate")
            Import("Root");
        if (order == "certificate, CRL")
            ImportLeaf();
        Import("Root-1", _crl);
        if (order == "CRL, key, certificate")
            Import("Root");
        if (order != "certificate, CRL")
            Assert.Equal(RevocationReason.KeyCompromise, ImportLeaf().RevocationReason);
        Import("Issuing");
        AssertRevoked();
    }

    [Fact]
    public void A_subordinate_that_came_before_its_issuer_is_revoked_too()
    {
        Import("Issuing");
        Import("Root-1", _crl);
        Import("Root");
        ImportLeaf();
        AssertRevoked();
        using var other = new TestStore();
        Import(other, "Issuing");
        Import(other, "Root");
        Import(other, "Root-1", _crl);
        Assert.Equal(AuthorityStatus.Revoked, other.Engine.Authorities.Get("Issuing").Status);
    }

    [Fact]
    public void A_suspended_certificate_is_resumed_on_the_crls_of_both_keys()
    {
        CaCertificate held = _source.Issue("/CN=held.example.com");
        _source.Engine.Revocations.Revoke(held, RevocationReason.CertificateHold, null);
        Import("Root-1", Write("hold.crl", _source.Engine.Crls.Create("Root-1", null, TimeSpan.FromDays(1)).ToPem()));
        Import("Root");
        CaCertificate imported = _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = held.ToDer(), Source = "x" }).Single();
        Assert.Equal(RevocationReason.CertificateHold, imported.RevocationReason);
        Assert.Equal((3, 3), (Count("Root"), Count("Root-1")));
        _store.Engine.Revocations.Resume(imported);
        Assert.Equal((2, 2), (Count("Root"), Count("Root-1")));
    }

    [JudgedFact("openssl")]
    public void A_serial_number_that_two_keys_issued_is_revoked_for_the_one_whose_crl_says_so()
    {
        using var otherStore = new TestStore();
        ExternalRoot one = new(_store), two = new(otherStore);
        string request = Write("a.csr", _store.Csr("/CN=a.example.com").ToPem());
        const string leaf = "basicConstraints=CA:FALSE\n";
        string first = one.Sign(request, "one.leaf", extensions: leaf), second = two.Sign(request, "two.leaf", extensions: leaf);
        foreach ((string name, string path) in new[] { ("One", one.Certificate), ("Two", two.Certificate) })
            _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(path), Name = name });
        foreach (string path in new[] { first, second })
            _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = File.ReadAllBytes(path), Source = "x" });
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(two.Certificate), CrlPaths = [two.Revoke("two.crl", second)] });
        Assert.Equal("Two", Assert.Single(_store.Engine.Certificates.List(new CertificateFilter { Status = [CertificateStatus.Revoked] })).Authority);
    }

    public void Dispose()
    {
        _source.Dispose();
        _store.Dispose();
    }

    private void AssertRevoked()
    {
        Assert.Equal(RevocationReason.KeyCompromise, _store.Engine.Certificates.Get("v.example.com").RevocationReason);
        Assert.Equal(AuthorityStatus.Revoked, _store.Engine.Authorities.Get("Issuing").Status);
        Assert.Equal((2, 2), (Count("Root"), Count("Root-1")));
        var result = _store.Engine.Care.Test();
        Assert.True(result.Passed, string.Join("; ", result.Findings.Select(finding => $"{finding.Kind} {finding.Target} {finding.Message}")));
    }

    private int Count(string authority) => _store.Engine.Crls.Create(authority, null, TimeSpan.FromDays(1)).EntryCount;

    private CaCertificate ImportLeaf() => _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = _revoked.ToDer(), Source = "x" }).Single();

    private void Import(string authority, params string[] crls) => Import(_store, authority, crls);

    private void Import(TestStore store, string authority, params string[] crls)
    {
        CaAuthority found = _source.Engine.Authorities.Get(authority);
        store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(Write("a.pem", found.ToPem()), found.KeyFile), Name = authority, CrlPaths = crls });
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_store.File(name), text);
        return _store.File(name);
    }
}

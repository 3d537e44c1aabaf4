using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>A certificate for a subject and key that an authority has is that authority's, whatever name it is imported under.</summary>
public sealed class SameKeyImportTests : IDisposable
{
    private readonly TestStore _source = new();
    private readonly TestStore _store = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_generations_of_a_subordinate_make_one_authority_in_any_order(bool oldestFirst)
    {
        string[] generations = Generations();
        foreach (string path in oldestFirst ? generations : generations.Reverse())
            Import(path, Path.GetFileNameWithoutExtension(path));
        CaAuthority one = Assert.Single(_store.Engine.Authorities.List());
        Assert.Equal(_source.Engine.Authorities.Get("Issuing").SerialNumber, one.SerialNumber);
        AssertHealthy();
    }

    [JudgedFact("openssl")]
    public void What_was_revoked_before_the_renewal_stays_revoked_and_no_crl_number_comes_twice()
    {
        string[] generations = Generations();
        Import(generations[0], "First", _source.Engine.Authorities.Get("Issuing").KeyFile, lastCrlNumber: 7);
        CaCertificate leaf = _store.Issue("/CN=a.example.com", "First");
        _store.Engine.Revocations.Revoke(leaf, RevocationReason.KeyCompromise, null);
        Assert.Equal(8, _store.Engine.Crls.Create("First", null, TimeSpan.FromDays(1)).Number);
        IReadOnlyList<string> warnings = Import(generations[1], "Second", lastCrlNumber: 3);
        Assert.Contains(warnings, warning => warning.Contains("keeps its name"));
        CaCrl crl = _store.Engine.Crls.Create("First", null, TimeSpan.FromDays(1));
        Assert.Equal((9, 1), (crl.Number, crl.EntryCount));
        File.WriteAllText(_store.File("root.pem"), _source.Engine.Authorities.Get("Root").ToPem());
        File.WriteAllText(_store.File("leaf.pem"), leaf.ToPem());
        File.WriteAllText(_store.File("new.crl"), crl.ToPem());
        foreach (string generation in generations)
            Assert.Contains("certificate revoked", Tool.Run("openssl", "verify", "-crl_check", "-CAfile", _store.File("root.pem"), "-untrusted", generation, "-CRLfile", _store.File("new.crl"), _store.File("leaf.pem")).Output);
        AssertHealthy();
    }

    [Fact]
    public void Certificates_that_old_and_new_key_made_for_each_other_are_kept_beside_the_roots()
    {
        _source.Root();
        _source.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root", Key = AuthorityKey.ReplaceAndCrossSign });
        foreach (CaAuthority root in _source.Engine.Authorities.List())
            Import(Write(root.Name + ".pem", root.ToPem()), root.Name);
        foreach (CaCertificate cross in _source.Engine.Certificates.List(new CertificateFilter { IsAuthority = true }).ToList())
        {
            string path = Write("cross.pem", cross.ToPem());
            Assert.Contains(Import(path, null), warning => warning.Contains("cross-certificate"));
            Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => Import(path, "Another")).ErrorId);
        }

        Assert.Equal(["Root", "Root-1"], _store.Engine.Authorities.List().Select(authority => authority.Name));
        Assert.Equal(2, _store.Engine.Certificates.List(new CertificateFilter { IsAuthority = true }).Count());
        Assert.Empty(_store.Engine.Certificates.List(new CertificateFilter { IsAuthority = false }));
        AssertHealthy();
    }

    [Fact]
    public void A_key_that_was_missing_comes_with_the_same_certificate()
    {
        CaAuthority root = _source.Root();
        string path = Write("root.pem", root.ToPem());
        Import(path, "Root");
        Assert.False(_store.Engine.Authorities.Get("Root").HasPrivateKey);
        Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => Import(path, "Root")).ErrorId);
        Import(path, null, root.KeyFile);
        Assert.True(_store.Engine.Authorities.Get("Root").HasPrivateKey);
        _store.Issue("/CN=a.example.com");
        Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => Import(path, "Root", root.KeyFile)).ErrorId);
        AssertHealthy();
    }

    [Fact]
    public void A_renamed_authority_goes_on_and_no_two_have_one_name()
    {
        CaAuthority root = _store.Root();
        _store.Issue("/CN=a.example.com");
        long number = _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).Number;
        CaAuthority renamed = _store.Engine.Authorities.Set("Root", new AuthorityUrls(), enabled: null, "Example Root CA");
        Assert.Equal(("Example Root CA", root.SerialNumber, root.KeyFile), (renamed.Name, renamed.SerialNumber, renamed.KeyFile));
        Assert.Equal("AuthorityNotFound", Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Get("Root")).ErrorId);
        Assert.Equal("Example Root CA", _store.Engine.Authorities.Get(root).Name);
        Assert.Equal("Example Root CA", _store.Engine.Certificates.Get("a.example.com").Authority);
        Assert.Equal(number + 1, _store.Engine.Crls.Create("Example Root CA", null, TimeSpan.FromDays(1)).Number);
        _store.Root();
        Assert.Equal("AuthorityNameExists", Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Set("Root", new AuthorityUrls(), null, "EXAMPLE ROOT CA")).ErrorId);
        Assert.Equal("AuthorityNameInvalid", Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Set("Root", new AuthorityUrls(), null, "a*")).ErrorId);
        _store.Engine.Authorities.Set("Example Root CA", new AuthorityUrls(), null, "example root ca");
        AssertHealthy();
    }

    public void Dispose()
    {
        _source.Dispose();
        _store.Dispose();
    }

    private string[] Generations()
    {
        _source.Root();
        string first = Write("first.pem", _source.Engine.Authorities.Create(TestStore.Authority("Issuing", "Root") with { ValidDays = 1000 }).Value.ToPem());
        // Made in one second, the later expiry tells which is newer.
        return [first, Write("second.pem", _source.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing", ValidDays = 1500 }).Value.ToPem())];
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(_store.File(name), content);
        return _store.File(name);
    }

    private IReadOnlyList<string> Import(string path, string? name, string? keyPath = null, long? lastCrlNumber = null) => _store.Engine.Imports.ImportAuthority(
        new AuthorityImportRequest { Source = new FileSource(path, keyPath), Name = name, LastCrlNumber = lastCrlNumber }).Warnings;

    private void AssertHealthy()
    {
        var result = _store.Engine.Care.Test();
        Assert.True(result.Passed, string.Join("; ", result.Findings.Select(finding => $"{finding.Kind} {finding.Target} {finding.Message}")));
    }
}

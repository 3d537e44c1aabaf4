using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Imports;
using PSCertAuthority.Names;
using PSCertAuthority.Ocsp;
using Xunit;

namespace PSCertAuthority.Tests.Authorities;

/// <summary>An authority whose key is elsewhere signs nothing here, and gets no key here that would take its place.</summary>
public sealed class KeyElsewhereTests : IDisposable
{
    private const string Subject = "/O=Partner/CN=Partner CA";
    private readonly TestStore _store = new();

    [Theory]
    [InlineData("requested", null)]
    [InlineData("imported", null)]
    [InlineData("imported without issuer", "AuthorityIssuerElsewhere")]
    [InlineData("imported root", "KeyFileMissing")]
    public void What_needs_its_key_is_refused_and_changes_nothing(string origin, string? renewal)
    {
        Make(origin);
        string[] before = State();
        var acts = new Dictionary<string, (string Id, Action Act)>
        {
            ["-NewKey"] = ("AuthorityKeyElsewhere", () => Renew(AuthorityKey.Replace)),
            ["-NewKey -CrossSign"] = ("AuthorityKeyElsewhere", () => Renew(AuthorityKey.ReplaceAndCrossSign)),
            ["-NewKey -RequestPath"] = ("AuthorityKeyElsewhere", () => Renew(AuthorityKey.Replace, _store.File("a.csr"))),
            ["-RequestPath"] = ("KeyFileMissing", () => Renew(AuthorityKey.Keep, _store.File("a.csr"))),
            ["Export-CaCrl"] = ("KeyFileMissing", () => _store.Engine.Crls.Create("Partner", null, TimeSpan.FromDays(1))),
            ["New-CaCertificate"] = ("KeyFileMissing", () => _store.Issue("/CN=a.example.com", "Partner")),
            ["New-CaAuthority -Parent"] = ("KeyFileMissing", () => _store.Engine.Authorities.Create(TestStore.Authority("Below", "Partner"))),
            ["Start-CaOcspResponder"] = ("KeyFileMissing", () => new AuthorityKeeper(_store.Engine, TimeProvider.System, "Partner", null).IssueCredential()),
        };
        foreach ((string what, (string id, Action act)) in acts)
        {
            CaException error = Assert.ThrowsAny<CaException>(act);
            Assert.True(id == error.ErrorId && error.Message.Contains("'Partner'"), $"{what}: {error.ErrorId}: {error.Message}");
        }

        Assert.Equal(before, State());
        Assert.False(File.Exists(_store.File("a.csr")));
        // Its parent renews it, where that is here.
        if (renewal is null)
            Assert.False(Renew(AuthorityKey.Keep).HasPrivateKey);
        else
            Assert.Equal(renewal, Assert.ThrowsAny<CaException>(() => Renew(AuthorityKey.Keep)).ErrorId);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void The_message_says_how_it_gets_a_new_key()
    {
        Make("requested");
        Assert.Contains("New-CaAuthority -Parent 'Root' -Request", Assert.ThrowsAny<CaException>(() => Renew(AuthorityKey.Replace)).Message);
        Request("Partner 2");
        Assert.Equal(AuthorityStatus.Valid, _store.Engine.Authorities.Get("Partner").Status);
    }

    [Fact]
    public void A_key_that_was_made_here_and_is_lost_is_replaced()
    {
        CaAuthority root = _store.Root();
        File.Delete(root.KeyFile);
        Assert.True(_store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root", Key = AuthorityKey.Replace }).Value.HasPrivateKey);
    }

    [Fact]
    public void A_key_that_was_brought_here_is_replaced()
    {
        Make("imported");
        File.WriteAllText(_store.File("both.pem"), File.ReadAllText(_store.File("partner.pem")) + File.ReadAllText(_store.File("partner.key")));
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("both.pem")) });
        Assert.True(Renew(AuthorityKey.Replace).HasPrivateKey);
    }

    public void Dispose() => _store.Dispose();

    private CaAuthority Renew(AuthorityKey key, string? path = null) =>
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Partner", Key = key, RequestPath = path }).Value;

    private string[] State() =>
    [
        .. _store.Engine.Authorities.List().Concat(_store.Engine.Authorities.ListPending()).Select(a => $"{a.Name} {a.SerialNumber} {a.Status}"),
        .. Directory.Exists(_store.File("ca.keys")) ? Directory.GetFiles(_store.File("ca.keys"), "*.key") : [],
    ];

    private void Make(string origin)
    {
        if (origin == "requested")
        {
            _store.Root();
            Request("Partner");
            return;
        }

        using var other = new TestStore();
        CaAuthority root = other.Root();
        CaAuthority made = other.Engine.Authorities.Create(TestStore.Authority("Partner", origin == "imported root" ? null : "Root") with { Subject = DistinguishedName.Parse(Subject) }).Value;
        if (origin == "imported")
            Import("Root", root.ToPem() + File.ReadAllText(root.KeyFile));
        Import("Partner", made.ToPem());
        File.WriteAllText(_store.File("partner.pem"), made.ToPem());
        File.Copy(made.KeyFile, _store.File("partner.key"));
    }

    private void Request(string name) => _store.Engine.Authorities.Create(
        TestStore.Authority(name, "Root") with { Subject = DistinguishedName.Parse(Subject), Request = _store.Csr(Subject) });

    private void Import(string name, string pem)
    {
        File.WriteAllText(_store.File("import.pem"), pem);
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("import.pem")), Name = name });
    }
}

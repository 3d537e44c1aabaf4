using System;
using System.IO;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Revocation;

/// <summary>An issuer name whose authority was removed and that comes back goes on with its CRL numbers (RFC 5280, section 5.2.3).</summary>
public sealed class ReturningIssuerTests : IDisposable
{
    private readonly TestStore _store = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_crl_number_comes_twice(bool imported)
    {
        CaAuthority root = _store.Root();
        for (long number = 1; number <= 3; number++)
            Assert.Equal(number, Crl().Number);
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        for (long number = 4; number <= 5; number++)
        {
            _store.Engine.Authorities.Remove("Root", LiveCertificates.Refuse, KeyDisposal.Keep);
            if (imported)
                Import(root);
            else
                _store.Root();
            Assert.Equal(number, Crl().Number);
        }
    }

    [Fact]
    public void Nor_does_it_after_a_restore()
    {
        CaAuthority root = _store.Root();
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        Crl();
        _store.Engine.Authorities.Create(TestStore.Authority("Other"));
        _store.Engine.Authorities.Remove("Root", LiveCertificates.Refuse, KeyDisposal.Keep);
        _store.Engine.Care.Backup(_store.File("b.zip"), null, overwrite: false);
        Import(root);
        long last = Crl().Number;
        Assert.Equal(2, last);
        _store.Engine.Care.Restore(_store.File("b.zip"), null, withKeys: false, overwrite: true);
        Import(root);
        Assert.True(Crl().Number > last);
    }

    [Fact]
    public void Revocations_are_not_lost_without_a_word()
    {
        _store.Root();
        CaCertificate leaf = _store.Issue("/CN=a.example.com");
        _store.Engine.Revocations.Revoke(leaf, RevocationReason.KeyCompromise, null);
        CaException error = Assert.ThrowsAny<CaException>(() => _store.Engine.Authorities.Remove("Root", LiveCertificates.Refuse, KeyDisposal.Keep));
        Assert.Equal("AuthorityInUse", error.ErrorId);
        Assert.Contains("1 revocations", error.Message);
        _store.Engine.Authorities.Remove("Root", LiveCertificates.Abandon, KeyDisposal.Keep);
    }

    private CaCrl Crl() => _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1));

    private void Import(CaAuthority root) => _store.Engine.Imports.ImportAuthority(
        new AuthorityImportRequest { Source = new FileSource(_store.File("root.pem"), root.KeyFile), Name = "Root" });

    public void Dispose() => _store.Dispose();
}

using System;
using System.IO;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using Xunit;

namespace PSCertAuthority.Tests;

/// <summary>Errors that no story of a user leads to easily; each is met once.</summary>
public sealed class ErrorIdTests : IDisposable
{
    private readonly TestStore _store = new();

    [Fact]
    public void A_directory_in_the_place_of_a_key_cannot_be_read()
    {
        CaAuthority root = _store.Root();
        File.Delete(root.KeyFile);
        Directory.CreateDirectory(root.KeyFile);
        Assert.Equal("KeyFileUnreadable", Assert.Throws<CaKeyException>(() => _store.Issue("/CN=a.example.com")).ErrorId);
    }

    [Fact]
    public void A_directory_in_the_place_of_a_certificate_cannot_be_imported() =>
        Assert.Equal("ImportFileUnreadable", Assert.Throws<CaImportException>(() => CertificateImportRequest.ReadFile(_store.Folder)).ErrorId);

    [Fact]
    public void A_certificate_is_renewed_once_unless_forced()
    {
        _store.Root();
        CaCertificate old = _store.Issue("/CN=a.example.com");
        var request = new CertificateIssueRequest { Authority = "Root", Renews = old };
        Assert.Null(_store.TryIssue(request).Error);
        Assert.Equal("CertificateRenewedBefore", Assert.IsType<CaCertificateException>(_store.TryIssue(request).Error).ErrorId);
    }

    [Fact]
    public void What_would_be_a_wrong_certificate_is_not_signed()
    {
        using PrivateKey key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));
        var name = new X509Name("CN=x");
        var signer = new CertificateSigner(name, key, DigestAlgorithm.Sha256);
        DateTime now = DateTime.UtcNow;
        X509Extensions none = new CertificateExtensions().EndEntityConstraints().Build();
        Assert.Equal("LintFailed", Assert.Throws<CaIssuanceException>(() => signer.Issue(new CertificateContents(name, key.PublicKey, now, now, none))).ErrorId);
    }

    [Fact]
    public void An_authority_whose_issuer_is_elsewhere_is_renewed_there()
    {
        _store.Root();
        CaAuthority issuing = _store.Issuing();
        using var other = new TestStore();
        File.WriteAllText(other.File("sub.pem"), issuing.ToPem() + File.ReadAllText(issuing.KeyFile));
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("sub.pem")), Name = "Sub" });
        Assert.Equal("AuthorityIssuerElsewhere", Assert.Throws<CaAuthorityException>(() => other.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub" })).ErrorId);
    }

    [Fact]
    public void Two_that_renew_an_authority_at_once_do_not_undo_each_other()
    {
        _store.Root();
        using var slow = new SlowClock(() => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root" }));
        var engine = new CaEngine(_store.StorePath, clock: slow);
        Assert.Equal("AuthorityRenewedMeanwhile", Assert.Throws<CaAuthorityException>(() => engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root" })).ErrorId);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    /// <summary>Lets somebody else do something when the time is first asked for.</summary>
    private sealed class SlowClock(Action meanwhile) : TimeProvider, IDisposable
    {
        private bool _asked;
        private bool _inside;

        public override DateTimeOffset GetUtcNow()
        {
            // The store asks for the time too, while it holds its lock; the renewal asks outside of it.
            bool outside = new System.Diagnostics.StackTrace().ToString() is var stack && stack.Contains("AuthorityRenewalService") && !stack.Contains("CaStore");
            if (outside && !_asked && !_inside)
            {
                _inside = _asked = true;
                meanwhile();
                _inside = false;
            }

            return TimeProvider.System.GetUtcNow();
        }

        public void Dispose()
        {
        }
    }

    public void Dispose() => _store.Dispose();
}

using System;
using System.IO;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Revocation;

/// <summary>RFC 5280, section 3.3: what was revoked is on one CRL of the key that issued it past its expiry, whichever key signs first and whatever was published before.</summary>
public sealed class IssuingKeyCrlTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public IssuingKeyCrlTests()
    {
        _store = new TestStore(_clock);
        _store.Root(3);
        _store.Engine.Authorities.Create(TestStore.Authority("Issuing", "Root") with { ValidDays = 400 });
    }

    [Theory]
    [InlineData("Issuing", true)]
    [InlineData("Issuing", false)]
    [InlineData("Issuing-1", true)]
    [InlineData("Issuing-1", false)]
    public void The_first_crl_of_the_issuing_key_lists_it_whoever_signed_before(string issuer, bool publishedBefore)
    {
        string other = issuer == "Issuing" ? "Issuing-1" : "Issuing";
        if (publishedBefore)
            Make("Issuing");
        RevokeShort(issuer);
        _clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal([1, 1], new[] { Make(other), Make(other) });
        Assert.Equal(1, Make(issuer));
        Assert.Equal([0, 0], new[] { Make(other), Make(issuer) });
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void A_crl_of_the_issuing_key_before_the_expiry_does_not_count()
    {
        RevokeShort("Issuing-1");
        Assert.Equal([1, 1], new[] { Make("Issuing-1"), Make("Issuing") });
        _clock.Advance(TimeSpan.FromDays(100));
        Assert.Equal([1, 1], new[] { Make("Issuing"), Make("Issuing") });
        Assert.Equal(1, Make("Issuing-1"));
        Assert.Equal(0, Make("Issuing"));
    }

    [Theory]
    [InlineData("Revoked")]
    [InlineData("Parent revoked")]
    [InlineData("Expired")]
    [InlineData("Removed")]
    [InlineData("Without key")]
    public void A_key_that_signs_no_crl_any_more_keeps_no_entry(string state)
    {
        RevokeShort("Issuing-1", withOtherParent: state == "Parent revoked");
        _clock.Advance(TimeSpan.FromDays(10));
        if (state == "Revoked")
            _store.Engine.Revocations.RevokeAuthority("Issuing-1", RevocationReason.Superseded, null);
        else if (state == "Parent revoked")
            _store.Engine.Revocations.RevokeAuthority("Middle", RevocationReason.Superseded, null);
        else if (state == "Removed")
            _store.Engine.Authorities.Remove("Issuing-1", LiveCertificates.Abandon, KeyDisposal.Keep);
        else if (state == "Without key")
            File.Delete(_store.Engine.Authorities.Get("Issuing-1").KeyFile);
        else
            _clock.Advance(_store.Engine.Authorities.Get("Issuing-1").NotAfter.ToUniversalTime() - _clock.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(1));
        Assert.Equal([1, 0], new[] { Make("Issuing"), Make("Issuing") });
    }

    [Fact]
    public void A_disabled_key_may_sign_again_and_has_to_list_it()
    {
        RevokeShort("Issuing-1");
        _clock.Advance(TimeSpan.FromDays(10));
        _store.Engine.Authorities.Set("Issuing-1", new AuthorityUrls(), enabled: false);
        Assert.Equal([1, 1], new[] { Make("Issuing"), Make("Issuing") });
        _store.Engine.Authorities.Set("Issuing-1", new AuthorityUrls(), enabled: true);
        Assert.Equal(1, Make("Issuing-1"));
        Assert.Equal(0, Make("Issuing"));
    }

    [Theory]
    [InlineData(CrlSubjects.User, null, true)]
    [InlineData(CrlSubjects.Ca, null, false)]
    [InlineData(CrlSubjects.Attribute, null, false)]
    [InlineData(CrlSubjects.All, RevocationReason.Superseded, true)]
    [InlineData(CrlSubjects.User, RevocationReason.Superseded, true)]
    [InlineData(CrlSubjects.All, RevocationReason.KeyCompromise, false)]
    [InlineData(CrlSubjects.Ca, RevocationReason.Superseded, false)]
    public void A_crl_of_the_issuing_key_counts_where_it_is_about_the_certificate(CrlSubjects only, RevocationReason? reason, bool counts)
    {
        RevokeShort("Issuing-1");
        Make("Issuing", validFor: 30);
        _clock.Advance(TimeSpan.FromDays(10));
        var scope = new CrlScope { Only = only, Reasons = reason is { } one ? [one, RevocationReason.AACompromise] : [], DistributionPoint = ["http://crl.example.com/part.crl"] };
        Assert.Equal(counts ? 1 : 0, Make("Issuing-1", scope));
        Assert.Equal(1, Make("Issuing"));
        Assert.Equal(counts ? 0 : 1, Make("Issuing"));
    }

    public void Dispose() => _store.Dispose();

    /// <summary>A certificate of the old key or the new one that has two days, revoked when both keys are there.</summary>
    private void RevokeShort(string issuer, bool withOtherParent = false)
    {
        if (withOtherParent)
        {
            _store.Engine.Authorities.Remove("Issuing", LiveCertificates.Abandon, KeyDisposal.Keep);
            _store.Engine.Authorities.Create(TestStore.Authority("Middle", "Root", pathLength: 1));
            _store.Engine.Authorities.Create(TestStore.Authority("Issuing", "Middle"));
        }

        CaCertificate? old = issuer == "Issuing" ? null : Short();
        if (withOtherParent)
        {
            // Another authority of the same name, below another one.
            _store.Engine.Authorities.Set("Issuing", new AuthorityUrls(), enabled: null, name: "Issuing-1");
            _store.Engine.Authorities.Create(TestStore.Authority("Issuing", "Root"));
        }
        else
        {
            _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing", Key = AuthorityKey.Replace, ValidDays = 3600 });
        }

        _store.Engine.Revocations.Revoke(old ?? Short(), RevocationReason.Superseded, null);
    }

    private CaCertificate Short() => _store.TryIssue(new CertificateIssueRequest
    {
        Authority = "Issuing", Request = _store.Csr("/CN=x"), Subject = DistinguishedName.Parse("/CN=short.example.com"), ValidDays = 2,
    }).Certificate!;

    private int Make(string authority, CrlScope? scope = null, int validFor = 1) =>
        _store.Engine.Crls.Create(new CrlRequest { Authority = authority, ValidFor = TimeSpan.FromDays(validFor), Scope = scope ?? CrlScope.Everything }).EntryCount;
}

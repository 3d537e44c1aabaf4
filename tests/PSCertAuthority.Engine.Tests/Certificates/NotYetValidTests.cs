using System;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>An authority that is not valid yet, or is below one that is not, signs nothing and says so. Nothing that is issued is valid before its issuer.</summary>
public sealed class NotYetValidTests : IDisposable
{
    private readonly SetClock _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public NotYetValidTests()
    {
        _store = new TestStore(_clock);
        _store.Root();
        _store.Issuing();
        _store.Issue("/CN=old.example.com", "Issuing");
        _clock.Now = _clock.Now.AddDays(-2);
    }

    [Theory]
    [InlineData("Root")]
    [InlineData("Issuing")]
    public void Its_status_says_so(string name) => Assert.Equal(AuthorityStatus.NotYetValid, _store.Engine.Authorities.Get(name).Status);

    [Theory]
    [InlineData("Root")]
    [InlineData("Issuing")]
    public void It_issues_nothing(string name) => Refused(() => _store.Issue("/CN=a.example.com", name));

    [Theory]
    [InlineData("Root")]
    [InlineData("Issuing")]
    public void It_signs_no_CRL(string name) => Refused(() => _store.Engine.Crls.Create(name, null, TimeSpan.FromDays(1)));

    [Fact]
    public void It_has_no_authority_below_it() => Refused(() => _store.Engine.Authorities.Create(TestStore.Authority("Sub", "Root")));

    [Fact]
    public void It_renews_no_authority_below_it() => Refused(() => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing" }));

    [Fact]
    public void It_renews_no_certificate() => Refused(() => throw _store.TryIssue(new CertificateIssueRequest { Authority = "Issuing", Renews = "old.example.com" }).Error!);

    [Fact]
    public void A_clock_that_is_put_back_between_signing_and_storing_is_noticed()
    {
        _clock.Now = _clock.Now.AddDays(2);
        using IssuancePipeline pipeline = _store.Engine.BeginIssuance();
        var request = new CertificateIssueRequest
        {
            Authority = "Issuing", GenerateKey = KeySpecification.Create(KeyType.EC), KeyPath = _store.File("a.key"), Subject = DistinguishedName.Parse("/CN=a.example.com"),
        };
        pipeline.Submit(request);
        Assert.Null(pipeline.Take().Error);
        _clock.Now = _clock.Now.AddDays(-2);
        pipeline.Submit(request with { KeyPath = _store.File("b.key") });
        Assert.Equal("AuthorityNotYetValid", Assert.IsType<CaAuthorityException>(pipeline.Take().Error).ErrorId);
    }

    [Fact]
    public void A_root_that_is_not_valid_yet_can_be_renewed_by_itself() =>
        Assert.Equal(AuthorityStatus.Valid, _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root" }).Value.Status);

    [Fact]
    public void Nothing_is_valid_before_its_issuer()
    {
        CaAuthority root = _store.Engine.Authorities.Get("Root");
        _clock.Now = new DateTimeOffset(root.NotBefore.ToUniversalTime()).AddSeconds(1);
        Assert.Equal(root.NotBefore, _store.Issue("/CN=early.example.com").NotBefore);
        Assert.Equal(root.NotBefore, _store.Engine.Authorities.Create(TestStore.Authority("Early", "Root")).Value.NotBefore);
        Assert.Equal(root.NotBefore, _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing" }).Value.NotBefore);
    }

    public void Dispose() => _store.Dispose();

    private static void Refused(Action act) => Assert.Equal("AuthorityNotYetValid", Assert.Throws<CaAuthorityException>(act).ErrorId);
}

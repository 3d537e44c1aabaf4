using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>Which of several certificates for one key an authority works with.</summary>
public sealed class PresentCertificateTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow), _ahead = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store, _issuer;
    private readonly string _first;

    public PresentCertificateTests()
    {
        _store = new TestStore(_clock);
        _issuer = new TestStore(_ahead);
        _issuer.Root();
        _store.Engine.Authorities.Create(TestStore.Authority("Sub") with { Subject = DistinguishedName.Parse("/O=Example/CN=Example Sub"), RequestPath = _store.File("sub.csr") });
        _first = Sign("first.pem", "Root");
        Import(_first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_renewal_that_is_not_valid_yet_waits_beside_the_present_certificate(bool withIssuer)
    {
        if (withIssuer)
            ImportRoot("Root");
        string present = Present;
        _ahead.Advance(TimeSpan.FromDays(10));
        string later = Sign("later.pem", "Root");
        Assert.Contains(Import(later), warning => warning.Contains("not valid before"));
        Assert.Equal((present, AuthorityStatus.Valid), (Present, _store.Engine.Authorities.Get("Sub").Status));
        Assert.Equal("ImportAuthorityExists", Refused(later));
        _clock.Advance(TimeSpan.FromDays(11));
        Import(later);
        Assert.NotEqual(present, Present);
        Assert.Equal("ImportAuthorityExists", Refused(later));
        Assert.Equal("ImportAuthorityExists", Refused(_first));
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Theory]
    [InlineData("Other", true)]
    [InlineData("Other", false)]
    [InlineData("Root", true)]
    [InlineData("Root", false)]
    public void A_cross_certificate_stays_beside_the_present_one(string issuer, bool withIssuers)
    {
        using var other = new TestStore(_ahead);
        other.Engine.Authorities.Create(TestStore.Authority(issuer, pathLength: 1));
        if (withIssuers)
        {
            ImportRoot("Root");
            Write("other.pem", other.Engine.Authorities.Get(issuer).ToPem());
            Import(_store.File("other.pem"), "Second");
        }

        string present = Present;
        _ahead.Advance(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(2));
        string cross = Sign("cross.pem", issuer, other, days: 2000);
        Assert.Contains(Import(cross), warning => warning.Contains("cross-certificate"));
        Assert.Equal(present, Present);
        Assert.Equal("ImportAuthorityExists", Refused(cross));
        Import(cross, force: true);
        Assert.NotEqual(present, Present);
        Import(_first, force: true);
        Assert.Equal(present, Present);
        Assert.True(_store.Engine.Care.Test().Passed);
        _clock.Advance(TimeSpan.FromDays(1001));
        Import(cross);
        Assert.NotEqual(present, Present);
    }

    [Fact]
    public void A_renewal_of_the_same_issuer_is_the_present_one()
    {
        string present = Present;
        _ahead.Advance(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(Import(Sign("second.pem", "Root")), warning => warning.Contains("beside"));
        Assert.NotEqual(present, Present);
    }

    [Fact]
    public void The_answer_for_a_new_key_does_not_take_over_before_it_is_valid()
    {
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", Key = AuthorityKey.Replace, RequestPath = _store.File("sub.csr"), OverwriteRequest = true });
        _ahead.Advance(TimeSpan.FromDays(10));
        string answer = Sign("new.pem", "Root");
        Assert.Equal("ImportCertificateNotValid", Refused(answer));
        Assert.Equal(AuthorityStatus.Valid, _store.Engine.Authorities.Get("Sub").Status);
        _clock.Advance(TimeSpan.FromDays(11));
        Import(answer);
        Assert.Equal(AuthorityStatus.Replaced, _store.Engine.Authorities.Get("Sub-1").Status);
    }

    [Fact]
    public void The_last_crl_number_of_an_authority_that_is_there_is_raised()
    {
        Import(_first, lastCrlNumber: 500);
        Assert.Equal(501, _store.Engine.Crls.Create("Sub", null, TimeSpan.FromDays(1)).Number);
        Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => Import(_first, lastCrlNumber: 400)).ErrorId);
    }

    public void Dispose()
    {
        _store.Dispose();
        _issuer.Dispose();
    }

    private string Present => _store.Engine.Authorities.Get("Sub").SerialNumber;

    private string Refused(string path) => Assert.ThrowsAny<CaException>(() => Import(path)).ErrorId;

    private string Sign(string file, string issuer, TestStore? by = null, int days = 1000)
    {
        AuthorityService authorities = (by ?? _issuer).Engine.Authorities;
        CaAuthority made = authorities.Create(TestStore.Authority("Sub", issuer) with
        {
            Subject = DistinguishedName.Parse("/O=Example/CN=Example Sub"), Request = CertificateRequestReader.ReadFile(_store.File("sub.csr")), ValidDays = days,
        }).Value;
        authorities.Remove(made, LiveCertificates.Abandon, KeyDisposal.Keep);
        return Write(file, made.ToPem());
    }

    private void ImportRoot(string name) => Import(Write("root.pem", _issuer.Engine.Authorities.Get(name).ToPem()), "Root");

    private string Write(string file, string pem)
    {
        File.WriteAllText(_store.File(file), pem);
        return _store.File(file);
    }

    private IReadOnlyList<string> Import(string path, string? name = null, bool force = false, long? lastCrlNumber = null) => _store.Engine.Imports.ImportAuthority(
        new AuthorityImportRequest { Source = new FileSource(path), Name = name, Force = force, LastCrlNumber = lastCrlNumber }).Warnings;
}

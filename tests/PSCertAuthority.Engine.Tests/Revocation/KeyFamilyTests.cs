using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Revocation;

/// <summary>One issuer name, several keys: one sequence of CRL numbers, and each key's CRL lists the revocations of all.</summary>
public sealed class KeyFamilyTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public KeyFamilyTests()
    {
        _store = new TestStore(_clock);
        _store.Root(pathLength: null);
    }

    [Fact]
    public void Crl_numbers_never_restart_and_are_never_given_twice()
    {
        var numbers = new List<long> { Make("Root").Number };
        Rekey("Root");
        numbers.AddRange([Make("Root").Number, Make("Root-1").Number, Make("Root", CrlKind.Delta).Number]);
        Rekey("Root");
        numbers.AddRange([Make("Root-2").Number, Make("Root").Number, Make("Root-1").Number, Make("Root", scope: new CrlScope { Only = CrlSubjects.User }).Number]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], numbers);
        Assert.All(_store.Engine.Authorities.List(), authority => Assert.Equal(8, authority.LastCrlNumber));
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void A_delta_lists_what_changed_under_all_keys_since_its_own_complete_crl()
    {
        CaCertificate old = _store.Issue("/CN=old.example.com"), held = _store.Issue("/CN=held.example.com");
        _store.Engine.Revocations.Revoke(held, RevocationReason.CertificateHold, null);
        Rekey("Root");
        Make("Root");
        Make("Root-1");
        _store.Engine.Revocations.Revoke(old, RevocationReason.Superseded, null);
        _store.Engine.Revocations.Resume(held);
        Assert.Equal(2, Make("Root", CrlKind.Delta).EntryCount);
        Assert.Equal(2, Make("Root-1", CrlKind.Delta).EntryCount);
        Assert.Equal(1, Make("Root").EntryCount);
        Assert.Equal(0, Make("Root", CrlKind.Delta).EntryCount);
        Assert.Equal(2, Make("Root-1", CrlKind.Delta).EntryCount);
    }

    [Fact]
    public void A_delta_lists_everything_of_an_authority_that_its_complete_crl_did_not_cover()
    {
        Make("Root");
        CaAuthority second = Namesake("Second");
        _store.Engine.Revocations.Revoke(_store.Issue("/CN=a.example.com", "Second"), RevocationReason.Superseded, null);
        Make("Second");
        Assert.Equal(1, Make("Root", CrlKind.Delta).EntryCount);
        Assert.Equal(1, Make("Root").EntryCount);
        Assert.Equal(0, Make("Root", CrlKind.Delta).EntryCount);
        Assert.Equal(3 + 2, _store.Engine.Authorities.Get(second).LastCrlNumber);
    }

    [Theory]
    [InlineData("/C=AT/O=Example/CN=Example Root", true)]
    [InlineData("/C=AT/O=EXAMPLE/CN=example  root", true)]
    [InlineData("/O=Example/CN=Example Root", false)]
    [InlineData("/C=AT/O=Example/CN=Example Root 2", false)]
    public void Names_are_the_same_as_relying_parties_compare_them(string subject, bool same)
    {
        _store.Engine.Revocations.Revoke(_store.Issue("/CN=a.example.com"), RevocationReason.Superseded, null);
        _store.Engine.Authorities.Create(TestStore.Authority("Other") with { Subject = DistinguishedName.Parse(subject) });
        Assert.Equal(same ? 1 : 0, Make("Other").EntryCount);
    }

    [Fact]
    public void A_serial_number_that_a_key_issued_itself_is_not_listed_for_another_key()
    {
        CaAuthority second = Namesake("Second");
        CaCertificate certificate = _store.Issue("/CN=a.example.com"), other = _store.Issue("/CN=b.example.com");
        Duplicate(certificate, second);
        Duplicate(other, second);
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        _store.Engine.Revocations.Revoke(other, RevocationReason.Superseded, null);
        Assert.Equal(2, Make("Root").EntryCount);
        Assert.Equal(0, Make("Second").EntryCount);
        // Revoked under both keys, it is listed once.
        PutEntry(second, other);
        Assert.Equal(1, Make("Second").EntryCount);
        Assert.Equal(2, Make("Root").EntryCount);
    }

    [Fact]
    public void An_expired_certificate_stays_until_the_crls_of_all_keys_have_listed_it_past_its_expiry()
    {
        CaCertificate certificate = Short("/CN=short.example.com");
        Rekey("Root");
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        _clock.Advance(TimeSpan.FromHours(36));
        Assert.Equal([1, 1], new[] { Make("Root").EntryCount, Make("Root-1").EntryCount });
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal([1, 1, 1], new[] { Make("Root-1").EntryCount, Make("Root-1").EntryCount, Make("Root").EntryCount });
        Assert.Equal([0, 0], new[] { Make("Root-1").EntryCount, Make("Root").EntryCount });
    }

    [Fact]
    public void An_expired_certificate_leaves_once_nobody_publishes_the_other_crls_any_more()
    {
        Rekey("Root");
        CaCertificate certificate = Short("/CN=short.example.com");
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        Make("Root-1");
        Make("Root");
        _clock.Advance(TimeSpan.FromDays(5));
        Assert.Equal([1, 0], new[] { Make("Root").EntryCount, Make("Root").EntryCount });
    }

    [Fact]
    public void An_expired_certificate_stays_until_the_crls_of_all_scopes_have_listed_it_past_its_expiry()
    {
        CaCertificate certificate = Short("/CN=short.example.com");
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        var users = new CrlScope { Only = CrlSubjects.User };
        _clock.Advance(TimeSpan.FromHours(36));
        Assert.Equal([1, 1], new[] { Make("Root").EntryCount, Make("Root", scope: users).EntryCount });
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal([1, 1, 1], new[] { Make("Root", scope: users).EntryCount, Make("Root", scope: users).EntryCount, Make("Root").EntryCount });
        Assert.Equal([0, 0], new[] { Make("Root", scope: users).EntryCount, Make("Root").EntryCount });
    }

    [Theory]
    [InlineData("Root")]
    [InlineData("Root-1")]
    public void The_revocations_of_a_removed_authority_stay_on_the_crls_of_its_name(string removed)
    {
        CaCertificate before = _store.Issue("/CN=before.example.com");
        Rekey("Root");
        CaCertificate after = _store.Issue("/CN=after.example.com");
        string stays = removed == "Root" ? "Root-1" : "Root";
        Make(stays);
        foreach (CaCertificate certificate in new[] { before, after })
            _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        _store.Engine.Authorities.Remove(removed, LiveCertificates.Abandon, KeyDisposal.Delete);
        Assert.Equal(2, Make(stays, CrlKind.Delta).EntryCount);
        Assert.Equal(2, Make(stays).EntryCount);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void Reasons_leave_no_revocation_out()
    {
        var reasons = Enum.GetValues<RevocationReason>().Where(reason => reason != RevocationReason.RemoveFromCrl).ToList();
        foreach (RevocationReason reason in reasons)
            _store.Engine.Revocations.Revoke(_store.Issue($"/CN={(int)reason}.example.com"), reason, null);
        foreach (RevocationReason reason in reasons.Where(reason => reason != RevocationReason.Unspecified))
            Assert.Equal(2, Make("Root", scope: new CrlScope { Reasons = [reason] }).EntryCount);
    }

    public void Dispose() => _store.Dispose();

    private CaCrl Make(string authority, CrlKind kind = CrlKind.Complete, CrlScope? scope = null) =>
        _store.Engine.Crls.Create(new CrlRequest { Authority = authority, ValidFor = TimeSpan.FromDays(1), Kind = kind, Scope = scope ?? CrlScope.Everything });

    private void Rekey(string name) => _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = name, Key = AuthorityKey.Replace });

    private CaAuthority Namesake(string name) => _store.Engine.Authorities.Create(TestStore.Authority("Root") with { Name = name }).Value;

    private CaCertificate Short(string subject) => _store.TryIssue(new CertificateIssueRequest
    {
        Authority = "Root", Request = _store.Csr("/CN=x"), Subject = DistinguishedName.Parse(subject), ValidDays = 2,
    }).Certificate!;

    /// <summary>What only an import from elsewhere brings about: the same serial number under another key.</summary>
    private void Duplicate(CaCertificate certificate, CaAuthority authority) => Store().Write(unit =>
    {
        CertificateRecord record = unit.Certificates.FindBySerialPrefix(certificate.SerialNumber.Replace(":", string.Empty), 1).Single();
        unit.Certificates.InsertMany([record with { AuthorityId = unit.Authorities.FindByName(authority.Name)!.Id, Revocation = null }]);
    });

    private void PutEntry(CaAuthority authority, CaCertificate certificate) => Store().Write(unit => CrlListing.Put(unit, new CrlEntryRecord(
        unit.Authorities.FindByName(authority.Name)!.Id, certificate.SerialNumber.Replace(":", string.Empty), certificate.NotAfter.ToUniversalTime(),
        new RevocationRecord(_clock.GetUtcNow().UtcDateTime, RevocationReason.Superseded, null))));

    private CaStore Store() => new(_store.StorePath, clock: _clock);
}

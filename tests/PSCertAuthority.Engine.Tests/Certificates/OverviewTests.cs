using System;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

public sealed class OverviewTests
{
    [Fact]
    public void It_counts_and_lists_what_reading_all_counts_and_lists()
    {
        using var store = new SearchStore(300);
        CaOverview overview = store.Engine.Overview();
        CertificateStatus[] all = Enum.GetValues<CertificateStatus>();
        CaCertificate[] listed = [.. store.Engine.Certificates.List(new CertificateFilter { Status = all })];
        Assert.All(all, status => Assert.Equal(listed.Count(certificate => certificate.Status == status), overview.Counts[status]));
        DateTime soon = overview.At.AddDays(30);
        CaCertificate[] ending = [.. listed.Where(certificate => certificate.NotAfter <= soon && certificate.Status is CertificateStatus.Valid or CertificateStatus.Suspended && certificate.NotAfter <= soon)];
        Assert.Equal(ending.Length, overview.EndSoonCount);
        Assert.Equal(ending.Select(certificate => certificate.NotAfter).Order().Take(10), overview.EndSoon.Select(certificate => certificate.NotAfter));
        Assert.Equal(store.Records.Reverse().Take(10).Select(record => record.Subject), overview.RecentlyIssued.Select(certificate => certificate.Subject));
        Assert.Equal(["Alpha", "Beta", "Gamma"], overview.Authorities.Select(authority => authority.Authority));
        Assert.All(overview.Authorities, authority => Assert.Equal((false, null, false), (authority.HasKey, authority.CrlNumber, authority.IsCrlOverdue)));
    }

    [Fact]
    public void The_last_revoked_come_first_and_an_overdue_crl_is_told()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using var store = new TestStore(clock);
        CaAuthority root = store.Root();
        CaCertificate[] certificates = [.. Enumerable.Range(0, 12).Select(i => store.Issue($"/CN=host{i}.example.com"))];
        foreach (CaCertificate certificate in certificates)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        }

        store.Engine.Crls.Create("Root", null, TimeSpan.FromHours(1));
        CaOverview overview = store.Engine.Overview();
        Assert.Equal(certificates.Reverse().Take(10).Select(certificate => certificate.SerialNumber), overview.RecentlyRevoked.Select(certificate => certificate.SerialNumber));
        AuthorityHealth health = Assert.Single(overview.Authorities);
        Assert.Equal((AuthorityStatus.Valid, true, 1L, false), (health.Status, health.HasKey, health.CrlNumber!.Value, health.IsCrlOverdue));
        Assert.Equal(TimeSpan.FromHours(1), health.NextUpdate - health.ThisUpdate);

        clock.Advance(TimeSpan.FromHours(1));
        File.Delete(root.KeyFile);
        health = Assert.Single(store.Engine.Overview().Authorities);
        Assert.Equal((false, true), (health.HasKey, health.IsCrlOverdue));
    }

    [Fact]
    public void The_newest_valid_certificate_of_a_responder_tells_how_long_it_can_sign()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using var store = new TestStore(clock);
        store.Root();
        (double? Days, bool IsDue) Responder() => Assert.Single(store.Engine.Overview().Authorities) is var health
            ? ((health.ResponderNotAfter?.ToUniversalTime() - clock.GetUtcNow().UtcDateTime)?.TotalDays, health.IsResponderDue)
            : default;
        CaCertificate Issue(double days, string profile = "ocsp")
        {
            IssueOutcome outcome = store.TryIssue(new CertificateIssueRequest
            {
                Authority = "Root",
                Request = store.Csr("/CN=ignored"),
                Subject = DistinguishedName.Parse("/CN=Responder"),
                NoCommonNameInSubjectAlternativeName = true,
                Profile = profile,
                NotAfter = clock.GetUtcNow().UtcDateTime.AddDays(days),
            });
            return outcome.Certificate ?? throw outcome.Error!;
        }

        Issue(90, profile: "webserver");
        Assert.Equal((null, false), Responder());
        store.Engine.Authorities.Set("Root", new AuthorityUrls { Ocsp = ["http://ocsp.example.com/"] }, enabled: null);
        Assert.Equal((null, true), Responder());
        CaCertificate first = Issue(20);
        CaCertificate second = Issue(7);
        Assert.Equal((7, false), Responder());
        store.Engine.Revocations.Revoke(second, RevocationReason.CertificateHold, null);
        Assert.Equal((20, false), Responder());
        store.Engine.Revocations.Resume(second);
        Assert.Equal((7, false), Responder());
        clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal((1, true), Responder());
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((13, false), Responder());
        store.Engine.Revocations.Revoke(first, RevocationReason.Superseded, null);
        Assert.Equal((0, true), Responder());
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((-3, true), Responder());
        Assert.True(store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void An_authority_that_has_ended_needs_no_responder_and_each_has_its_own()
    {
        using var store = new SearchStore(300);
        store.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("0123", 2, days: 23, null) with { Profile = "ocsp" }, Samples.Certificate("0124", 3, days: 10, null) with { Profile = "ocsp" }]));
        (bool, DateTime?)[] Responders() => [.. store.Engine.Overview().Authorities.Select(authority => (authority.IsResponderDue, authority.ResponderNotAfter?.ToUniversalTime()))];
        Assert.Equal([(false, null), (false, Samples.Start.AddDays(23)), (true, Samples.Start.AddDays(10))], Responders());
        store.Clock.Advance(TimeSpan.FromDays(20_000));
        Assert.All(Responders(), responder => Assert.False(responder.Item1));
        Assert.True(store.Store.Write(unit => unit.Certificates.Remove(2, "0123")));
        Assert.Null(Responders()[1].Item2);
    }

    [Fact]
    public void What_an_earlier_version_stored_comes_into_the_index_of_responders_and_a_gap_there_is_found()
    {
        using var store = new SearchStore(0);
        CertificateRecord record = Samples.Certificate("0123", 1, days: 23) with { Profile = "ocsp" };
        store.Store.Write(unit =>
        {
            unit.Certificates.InsertMany([record]);
            unit.Certificates.Flush();
            KeyTree index = unit.Tree("certificates_of_responders");
            Assert.True(index.Remove(StatusKey.Of(record)));
            index.Flush();
        });
        Assert.Null(store.Engine.Overview().Authorities[0].ResponderNotAfter);
        Assert.False(store.Store.Read(unit => unit.Certificates.KeysFit(record, 1)));
        store.Store.Write(unit => unit.Certificates.TakeOver([(record, 1)]));
        Assert.Equal(record.NotAfter, store.Engine.Overview().Authorities[0].ResponderNotAfter?.ToUniversalTime());
        Assert.True(store.Store.Read(unit => unit.Certificates.KeysFit(record, 1)));
    }

    [Fact]
    public void An_empty_store_has_an_overview()
    {
        using var store = new TestStore();
        CaOverview overview = store.Engine.Overview();
        Assert.Empty(overview.EndSoon);
        Assert.Empty(overview.Authorities);
        Assert.All(overview.Counts, count => Assert.Equal(0, count.Value));
        Assert.False(File.Exists(store.StorePath));
    }
}

using System;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
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

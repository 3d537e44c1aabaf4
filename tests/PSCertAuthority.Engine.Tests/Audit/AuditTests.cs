using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Audit;

public class AuditTests
{
    [Fact]
    public void Every_act_of_the_main_job_leaves_a_record()
    {
        using var store = new TestStore();
        store.Root();
        store.Issuing();
        CaCertificate certificate = store.Issue("/CN=a.example.com", "Issuing");
        store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        store.Engine.Authorities.Set("Issuing", new AuthorityUrls { Crl = ["http://pki.example.com/a.crl"] }, enabled: null);
        store.Engine.Crls.Create("Issuing", null, TimeSpan.FromHours(1));
        store.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.CessationOfOperation, null);

        CaAuditRecord[] records = [.. store.Engine.Audit.List(new AuditFilter())];
        Assert.Equal(
            [AuditAct.AuthorityCreated, AuditAct.AuthorityCreated, AuditAct.CertificateIssued, AuditAct.CertificateRevoked, AuditAct.AuthorityChanged,
                AuditAct.CrlIssued, AuditAct.AuthorityRevoked],
            records.Select(r => r.Act));
        Assert.Equal(Enumerable.Range(1, 7).Select(i => (long)i), records.Select(r => r.Number));
        Assert.All(records, r => Assert.Equal((Environment.UserName, Environment.MachineName), (r.Account, r.Host)));
        Assert.Equal($"{certificate.SerialNumber} /CN=a.example.com", records[2].Target);
        Assert.Equal("by 'Issuing', profile webserver", records[2].Detail);
        Assert.Equal("Superseded", records[3].Detail);
        Assert.Equal("CRL URLs http://pki.example.com/a.crl", records[4].Detail);
        Assert.Equal("number 1, 1 entries", records[5].Detail);
    }

    [Fact]
    public void What_is_refused_or_undone_leaves_no_record()
    {
        using var store = new TestStore();
        store.Root();
        Assert.ThrowsAny<CaException>(() => store.Engine.Revocations.RevokeAuthority("Root", RevocationReason.Unspecified, null));
        Assert.ThrowsAny<CaException>(() => store.Root());
        Assert.Single(store.Engine.Audit.List(new AuditFilter()));
    }

    [Fact]
    public void Filters_narrow_and_pages_lose_nothing()
    {
        using var store = new TestStore();
        var internals = new CaStore(store.StorePath);
        for (int i = 0; i < 450; i++)
            internals.Write(unit => unit.Record(AuditAct.SettingChanged, $"setting {i % 10}"));
        Assert.Equal(450, store.Engine.Audit.List(new AuditFilter()).Select(r => r.Number).Distinct().Count());
        Assert.Equal(45, store.Engine.Audit.List(new AuditFilter { Target = "*G 7" }).Count());
        Assert.Empty(store.Engine.Audit.List(new AuditFilter { Act = [AuditAct.CrlIssued] }));
        Assert.Empty(store.Engine.Audit.List(new AuditFilter { Account = "nobody else" }));
        Assert.Empty(store.Engine.Audit.List(new AuditFilter { After = DateTime.Now.AddMinutes(1) }));
        Assert.Empty(store.Engine.Audit.List(new AuditFilter { Before = DateTime.Now.AddMinutes(-1) }));
    }

    [Fact]
    public void Units_of_thousands_of_acts_are_read_few_at_a_time_and_none_is_left_out()
    {
        using var store = new TestStore();
        var internals = new CaStore(store.StorePath);
        foreach (int count in (int[])[3000, 6000, 1, 3000])
        {
            internals.Write(unit =>
            {
                for (int i = 0; i < count; i++)
                    unit.Record(AuditAct.SettingChanged, "setting");
            });
        }

        Assert.Equal([2, 2, 2], internals.Read(unit => (int[])[unit.Audit.Page(1, 500).Count, unit.Audit.Page(3001, 500).Count, unit.Audit.PageBefore(9002, 500).Count]));
        Assert.Equal(12_001, store.Engine.Audit.List(new AuditFilter()).Select(record => record.Number).Distinct().Count());
        Assert.Equal(12_001, store.Engine.Audit.Newest(new AuditFilter(), null, 20_000).Select(record => record.Number).Distinct().Count());
        Assert.Equal(12_001, store.Engine.Care.Test().AuditRecords);
        var feed = new StatusFeed(internals);
        FeedPosition position = FeedPosition.Beginning, last = feed.ReadPosition(default);
        for (int reads = 0; position.First != last.First; reads++)
        {
            Assert.InRange(reads, 0, 4);
            position = feed.ReadChanges(position, default).Position;
        }
    }

    [Fact]
    public void The_chain_shows_every_change()
    {
        AuditEntry[] entries = [new(AuditAct.CertificateIssued, "a", "b"), new(AuditAct.CertificateRevoked, "c", "d")];
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        AuditGroup first = AuditGroup.Following(null, at, new("me", "here"), entries);
        AuditGroup second = AuditGroup.Following(first, at, new("me", "here"), entries);
        Assert.True(first.Follows(null));
        Assert.True(second.Follows(first));
        IEnumerable<AuditGroup> changed =
        [
            second with { At = at.AddSeconds(1) }, second with { First = 4 }, second with { Actor = new("you", "here") },
            second with { Actor = new("meh", "ere") }, second with { Entries = [entries[0]] }, second with { Entries = [entries[1], entries[0]] },
            second with { Entries = [entries[0], entries[1] with { Target = "cd", Detail = "" }] },
        ];
        Assert.All(changed, group => Assert.False(group.Follows(first)));
        Assert.False(second.Follows(null));
    }
}

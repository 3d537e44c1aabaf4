using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Audit;

public sealed class WebAuditTests
{
    [Fact]
    public void Acts_within_a_scope_name_the_web_user_and_those_outside_do_not()
    {
        using var store = new TestStore();
        store.Root();
        CaCertificate certificate;
        using (AuditActor.ActFor("ann", "192.0.2.7"))
        {
            certificate = store.Issue("/CN=a.example.com");
            using (AuditActor.ActFor("bob", null))
                store.Engine.Revocations.Revoke(certificate, RevocationReason.CertificateHold, null);
            store.Engine.Revocations.Resume(certificate);
        }

        store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        CaAuditRecord[] records = [.. store.Engine.Audit.List(new AuditFilter())];
        Assert.Equal(
            [(AuditAct.AuthorityCreated, null, null), (AuditAct.CertificateIssued, "ann", "192.0.2.7"), (AuditAct.CertificateSuspended, "bob", null),
                (AuditAct.CertificateResumed, "ann", "192.0.2.7"), (AuditAct.CertificateRevoked, null, null)],
            records.Select(record => (record.Act, record.WebUser, record.RemoteAddress)));
        Assert.All(records, record => Assert.Equal((Environment.UserName, Environment.MachineName), (record.Account, record.Host)));
        Assert.Equal([2L, 4L], store.Engine.Audit.List(new AuditFilter { WebUser = "ANN" }).Select(record => record.Number));
        Assert.True(store.Engine.Care.Test().Passed);
    }

    [Fact]
    public async Task Two_who_use_one_engine_at_once_are_told_apart()
    {
        using var store = new TestStore();
        store.Root();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            using IDisposable acting = AuditActor.ActFor("user" + i, null);
            await Task.Yield();
            store.Issue($"/CN=host{i}.example.com");
        })));
        CaAuditRecord[] issued = [.. store.Engine.Audit.List(new AuditFilter { Act = [AuditAct.CertificateIssued] })];
        Assert.Equal(6, issued.Length);
        Assert.All(issued, record => Assert.EndsWith(record.WebUser!.Replace("user", "/CN=host", StringComparison.Ordinal) + ".example.com", record.Target, StringComparison.Ordinal));
    }

    [Fact]
    public void Records_without_a_web_user_are_hashed_as_they_always_were()
    {
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        // SHA-256 of number, ticks, account, host, act, target and detail, made apart from this program.
        Assert.Equal("733AE1594A5A4C8214CA9214EA20D77E93811D9A3D69C6A0E5D221A6F105FA32", Convert.ToHexString(AuditGroup.Following(null, at, new("me", "here"), [new(AuditAct.CertificateIssued, "a", "b")]).Hash));
    }

    [Fact]
    public void The_chain_shows_a_changed_web_user()
    {
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        AuditEntry[] entries = [new(AuditAct.CertificateIssued, "a", "b")];
        AuditGroup group = AuditGroup.Following(null, at, new("me", "here") { WebUser = "ann", RemoteAddress = "::1" }, entries);
        Assert.True(group.Follows(null));
        AuditActor[] others = [new("me", "here"), new("me", "here") { WebUser = "ann" }, new("me", "here") { WebUser = "bob", RemoteAddress = "::1" }, new("me", "here") { WebUser = "ann:", RemoteAddress = ":1" }];
        Assert.All(others, other => Assert.False((group with { Actor = other }).Follows(null)));
    }

    [Fact]
    public void The_newest_come_first_page_by_page()
    {
        using var store = new TestStore();
        var internals = new CaStore(store.StorePath);
        for (int i = 0; i < 30; i++)
        {
            internals.Write(unit =>
            {
                for (int j = 0; j < 10; j++)
                    unit.Record(j % 2 == 0 ? AuditAct.SettingChanged : AuditAct.ProfileChanged, $"x{j}");
            });
        }

        var filter = new AuditFilter { Act = [AuditAct.ProfileChanged] };
        long[] expected = [.. store.Engine.Audit.List(filter).Select(record => record.Number).Reverse()];
        var found = new List<long>();
        for (long? before = null; found.Count < expected.Length; before = found[^1])
            found.AddRange(store.Engine.Audit.Newest(filter, before, 7).Select(record => record.Number));
        Assert.Equal(expected, found);
        Assert.Empty(store.Engine.Audit.Newest(filter, found[^1], 7));
    }

    [Fact]
    public void A_flood_of_refusals_is_sixty_records_a_minute_and_their_number()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using var store = new TestStore(clock);
        using (AuditActor.ActFor("ann", null))
        {
            for (int i = 0; i < 572; i++)
                store.Engine.Audit.Record(AuditAct.WebActRefused, "/certificates/revoke", "no session");
        }

        Assert.Equal(60, store.Engine.Audit.List(new AuditFilter()).Count());
        clock.Advance(TimeSpan.FromMinutes(1));
        CaAuditRecord summary = store.Engine.Audit.List(new AuditFilter()).Last();
        Assert.Equal((61, "and 512 more", "refused since 2026-03-01 12:00:00Z, not recorded one by one", null), (summary.Number, summary.Target, summary.Detail, summary.WebUser));
        clock.Advance(TimeSpan.FromMinutes(5));
        store.Engine.Audit.Record(AuditAct.WebActRefused, "again");
        Assert.Equal(62, store.Engine.Audit.List(new AuditFilter()).Count());
    }

    [Fact]
    public void A_server_that_ends_tells_of_what_it_only_counted()
    {
        using var store = new TestStore(new FakeTimeProvider());
        for (int i = 0; i < 63; i++)
            store.Engine.Audit.Record(AuditAct.WebActRefused, "x");
        store.Engine.Audit.RecordCountedRefusals();
        store.Engine.Audit.RecordCountedRefusals();
        Assert.Equal("and 3 more", store.Engine.Audit.List(new AuditFilter()).Last().Target);
        Assert.Equal(61, store.Engine.Audit.List(new AuditFilter()).Count());
    }

    [Fact]
    public void What_a_stranger_sent_stays_on_one_line()
    {
        using var store = new TestStore();
        store.Engine.Audit.Record(AuditAct.WebActRefused, "a\r\nb\u001b[31m" + new string('x', 5000), "no session");
        string target = Assert.Single(store.Engine.Audit.List(new AuditFilter())).Target;
        Assert.StartsWith("a  b [31mxxx", target, StringComparison.Ordinal);
        Assert.Equal(301, target.Length);
        Assert.Throws<ArgumentException>(() => store.Engine.Audit.Record(AuditAct.CertificateIssued, "never was"));
    }
}

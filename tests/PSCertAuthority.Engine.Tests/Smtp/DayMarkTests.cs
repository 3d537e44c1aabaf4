using System;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Smtp;

/// <summary>When which notice is due; nothing is sent here.</summary>
public sealed class DayMarkTests : IDisposable
{
    private readonly MailStore _mail = new();

    [Theory]
    [InlineData(15, null)]
    [InlineData(14, 14)]
    [InlineData(8, 14)]
    [InlineData(7, 7)]
    [InlineData(4, 7)]
    [InlineData(3, 3)]
    [InlineData(2, 3)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    public void A_certificate_is_at_the_smallest_mark_it_has_reached(int daysLeft, int? mark) =>
        Assert.Equal(mark, new DayMarks([14, 7, 3, 1], []).At(daysLeft));

    [Fact]
    public void Days_narrow_and_may_name_others()
    {
        Assert.Null(new DayMarks([14, 7, 3, 1], [14]).At(2));
        Assert.Equal(14, new DayMarks([14, 7, 3, 1], [14]).At(9));
        Assert.Equal(30, new DayMarks([14, 7, 3, 1], [30]).At(20));
        Assert.Equal(0, new DayMarks([7, 0], []).At(0));
        Assert.Null(new DayMarks([], []).Largest);
    }

    [Theory]
    [InlineData("2026-03-15T23:30Z", "2026-03-01T00:10Z", 14)]
    [InlineData("2026-03-15T00:30Z", "2026-03-01T23:50Z", 14)]
    [InlineData("2026-03-01T23:59Z", "2026-03-01T00:00Z", 0)]
    public void Days_are_those_of_the_calendar(string end, string now, int days) =>
        Assert.Equal(days, DayMarks.DaysLeft(Utc(end), Utc(now), TimeZoneInfo.Utc));

    [Fact]
    public void Days_are_those_of_the_calendar_where_the_program_runs()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(9), "x", "x");
        DateTime end = new(2026, 3, 15, 14, 30, 0, DateTimeKind.Utc);
        Assert.Equal(0, DayMarks.DaysLeft(end, new(2026, 3, 14, 15, 30, 0, DateTimeKind.Utc), zone));
        Assert.Equal(1, DayMarks.DaysLeft(end, new(2026, 3, 14, 14, 30, 0, DateTimeKind.Utc), zone));
    }

    [Fact]
    public void Each_mark_comes_up_once_and_what_was_missed_is_made_up_by_one_notice()
    {
        CaCertificate certificate = _mail.Issue("/CN=a.example.com", 20, "Ann@example.com");
        Assert.Empty(_mail.Due());
        _mail.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(["Ann@example.com: 14/14"], _mail.Due());
        Note(certificate, "ann@example.com", 14);
        Assert.Empty(_mail.Due());
        // The job did not run for eleven days: the mark 7 has passed, 3 is the one that is reached.
        _mail.Clock.Advance(TimeSpan.FromDays(11));
        Assert.Equal(["Ann@example.com: 3/3"], _mail.Due());
        Note(certificate, "ann@example.com", 3);
        Assert.Empty(_mail.Due());
        _mail.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_mail.Due());
        _mail.SetMarks(14, 5);
        Assert.Empty(_mail.Due());
        _mail.SetMarks(14, 2);
        Assert.Equal(["Ann@example.com: 2/2"], _mail.Due());
        _mail.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(_mail.Due());
    }

    [Fact]
    public void Only_what_can_still_be_relied_on_and_is_watched_is_due()
    {
        CaCertificate revoked = _mail.Issue("/CN=revoked.example.com", 5, "ann@example.com");
        CaCertificate suspended = _mail.Issue("/CN=suspended.example.com", 3, "ann@example.com");
        _mail.Issue("/CN=nobody.example.com", 5);
        _mail.Engine.Revocations.Revoke(revoked, RevocationReason.Superseded, null);
        _mail.Engine.Revocations.Revoke(suspended, RevocationReason.CertificateHold, null);
        Assert.Equal(["ann@example.com: 3/3"], _mail.Due());
        _mail.Engine.Watchers.Remove(suspended, MailAddress.Parse("ANN@example.com"));
        Assert.Empty(_mail.Due());
        // Adding somebody again does not repeat what was sent.
        Note(suspended, "ann@example.com", 3);
        _mail.Engine.Watchers.Add(suspended, [MailAddress.Parse("ann@example.com")]);
        Assert.Empty(_mail.Due());
    }

    [Fact]
    public void One_message_gathers_all_certificates_of_an_address_whatever_its_case()
    {
        _mail.Issue("/CN=b.example.com", 7, "ann@example.com", "bob@example.com");
        _mail.Issue("/CN=a.example.com", 2, "Ann Example <ANN@example.com>");
        CaNotification ann = _mail.Plan()[0];
        Assert.Equal(("Ann Example <ann@example.com>".ToUpperInvariant(), 3), (ann.Watcher.ToUpperInvariant(), ann.NotificationDay));
        Assert.Equal(["/CN=a.example.com", "/CN=b.example.com"], ann.Certificates.Select(c => c.Subject));
        Assert.Equal(["ANN@example.com: 3/2", "ANN@example.com: 7/7", "bob@example.com: 7/7"], _mail.Due().Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(2, _mail.Due(7).Length);
    }

    [Fact]
    public void A_claim_keeps_other_runs_away_until_its_lease_ends()
    {
        CaCertificate certificate = _mail.Issue("/CN=a.example.com", 3, "ann@example.com");
        CaNotification planned = _mail.Plan()[0];
        var internals = new CaStore(_mail.Store.StorePath);
        var first = new NoticeClaims(internals, _mail.Clock, TimeSpan.FromMinutes(3));
        var second = new NoticeClaims(internals, _mail.Clock, TimeSpan.FromMinutes(3));
        Assert.Equal(NotificationStatus.WouldSend, first.Claim(planned, default)!.Status);
        Assert.Equal(NotificationStatus.LeftToOtherRun, second.Claim(planned, default)!.Status);
        second.Release(planned);
        Assert.Equal(NotificationStatus.LeftToOtherRun, second.Claim(planned, default)!.Status);
        _mail.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(NotificationStatus.WouldSend, second.Claim(planned, default)!.Status);
        first.Release(planned);
        Assert.Equal(NotificationStatus.LeftToOtherRun, first.Claim(planned, default)!.Status);
        Assert.Equal(NotificationStatus.Sent, second.Record(planned).Status);
        Assert.Null(first.Claim(planned, default));
        Assert.Equal("3", string.Join(",", _mail.Engine.Watchers.Get(certificate).Single().Notices.Select(n => n.NotificationDay)));
        Assert.Equal($"{certificate.SerialNumber} /CN=a.example.com at 3 days",
            _mail.Engine.Audit.List(new AuditFilter { Act = [AuditAct.NotificationSent] }).Single().Detail);
    }

    [Fact]
    public void What_changed_since_the_plan_is_not_claimed()
    {
        CaCertificate certificate = _mail.Issue("/CN=a.example.com", 3, "ann@example.com");
        CaNotification planned = _mail.Plan()[0];
        _mail.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        Assert.Null(new NoticeClaims(new CaStore(_mail.Store.StorePath), _mail.Clock, TimeSpan.FromMinutes(3)).Claim(planned, default));
    }

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;

    private void Note(CaCertificate certificate, string address, int day) => new CaStore(_mail.Store.StorePath).Write(unit => unit.Notices.Put(new NoticeRecord
    {
        AuthorityId = certificate.AuthorityId,
        SerialNumber = certificate.StoredSerialNumber,
        Address = address,
        Day = day,
        Run = Guid.NewGuid(),
        At = _mail.Clock.GetUtcNow().UtcDateTime,
    }));

    public void Dispose() => _mail.Dispose();
}

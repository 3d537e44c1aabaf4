using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>Finds out who is to be told of what. It reads only; what it found may be done by another run before this one comes to it.</summary>
internal sealed class NotificationPlanner(CaStore store, TimeProvider clock, DayMarks marks, AuthorityIdentity? authority)
{
    private const int PageSize = 500;

    private readonly DateTime _now = clock.GetUtcSecond();
    private readonly Dictionary<string, (MailAddress Watcher, List<ExpiringCertificate> Certificates)> _due = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One message for an address, in the order of the addresses.</summary>
    public IReadOnlyList<CaNotification> Plan(CancellationToken cancellation)
    {
        if (marks.Largest is not { } largest)
            return [];
        byte[]? next = null;
        do
        {
            byte[]? after = next;
            next = store.Read(unit => ReadPage(unit, largest, after), cancellation);
        }
        while (next is not null);
        return
        [
            .. _due.Values.OrderBy(due => due.Watcher.Address, StringComparer.OrdinalIgnoreCase)
                .Select(due => new CaNotification(due.Watcher, [.. due.Certificates.OrderBy(c => c.NotAfter)], NotificationStatus.WouldSend)),
        ];
    }

    private byte[]? ReadPage(StoreUnit unit, int largest, byte[]? after)
    {
        var query = new CertificateQuery
        {
            AuthorityId = authority is null ? null : AuthorityFinder.Find(unit, authority).Id,
            States = CertificateStates.Valid | CertificateStates.Suspended,
            NotAfterFrom = _now.AddSeconds(1),
            // A day of the calendar may begin up to a day later than these hours; the days left decide.
            NotAfterTo = _now.AddDays(largest + 2),
        };
        CertificatePage page = unit.Certificates.Page(query, after, PageSize);
        Dictionary<int, string> names = unit.Authorities.All().ToDictionary(a => a.Id, a => a.Name);
        // Of a certificate that was renewed nobody needs to be told.
        foreach (CertificateRecord record in page.Records.Where(record => record.Watchers.Count > 0 && record.ReplacedBy is null))
            Consider(unit, record, names[record.AuthorityId]);
        return page.Next;
    }

    private void Consider(StoreUnit unit, CertificateRecord record, string authorityName)
    {
        int daysLeft = DayMarks.DaysLeft(record.NotAfter, _now, clock.LocalTimeZone);
        if (marks.At(daysLeft) is not { } mark)
            return;
        IReadOnlyList<NoticeRecord> notices = unit.Notices.Of(record.AuthorityId, record.SerialNumber);
        var certificate = new CaCertificate(record, authorityName, store.DatabasePath, unit.StoreId, _now);
        foreach (MailAddress watcher in record.Watchers.Select(MailAddress.Parse))
        {
            if (!DayMarks.Covering(notices, watcher.Address, mark).Any(notice => notice.IsSent))
                Add(watcher, new ExpiringCertificate(certificate, daysLeft, mark));
        }
    }

    private void Add(MailAddress watcher, ExpiringCertificate certificate)
    {
        if (!_due.TryGetValue(watcher.Address, out (MailAddress Watcher, List<ExpiringCertificate> Certificates) due))
            _due[watcher.Address] = due = (watcher, []);
        else if (due.Watcher.Name.Length == 0 && watcher.Name.Length > 0)
            _due[watcher.Address] = due = (watcher, due.Certificates);
        due.Certificates.Add(certificate);
    }
}

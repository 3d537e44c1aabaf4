using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Audit;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>
/// Sees to it that a notice goes out once, whatever the number of runs: it is claimed in the store before it is sent, and recorded as sent
/// right after the mail server took it.
/// </summary>
/// <remarks>
/// Each of the three steps is a unit of work of its own, since sending takes longer than others should wait for the store.
/// <list type="bullet">
/// <item>Two runs at once: the one that claims first sends; the other leaves the notice to it.</item>
/// <item>The server refused, or the connection broke: the claim is given back, and the next run sends.</item>
/// <item>The process ended between claim and record: the claim ends with its lease, and a run after that sends.</item>
/// </list>
/// What remains is the moment between the server's acceptance and the record, or its answer that was lost on the way: then the same
/// message goes out again. SMTP gives no means to know (RFC 5321, section 6.1); the repeated message has the same Message-ID, by
/// which mail systems recognise it.
/// </remarks>
internal sealed class NoticeClaims(CaStore store, TimeProvider clock, TimeSpan lease)
{
    private readonly Guid _run = Guid.NewGuid();

    /// <summary>For how long a claim keeps others away.</summary>
    public TimeSpan Lease => lease;

    /// <summary>Claims what is still due of a message; null where nothing is any more.</summary>
    public CaNotification? Claim(CaNotification planned, CancellationToken cancellation) => store.Write(
        unit =>
        {
            DateTime now = clock.GetUtcSecond();
            ILookup<Standing, ExpiringCertificate> standing = planned.Certificates.ToLookup(certificate => StandingOf(unit, certificate, planned.Address, now));
            ExpiringCertificate[] due = [.. standing[Standing.Due]];
            foreach (ExpiringCertificate certificate in due)
                unit.Notices.Put(ToRecord(planned, certificate, now) with { ClaimedUntil = now + lease });
            return due.Length > 0 ? planned.With(due)
                : standing.Contains(Standing.Claimed) ? planned.With([.. standing[Standing.Claimed]]).As(NotificationStatus.LeftToOtherRun)
                : null;
        },
        cancellation);

    /// <summary>Records that the server took a claimed message. It cannot be interrupted.</summary>
    public CaNotification Record(CaNotification claimed) => store.Write(unit =>
    {
        DateTime now = clock.GetUtcSecond();
        foreach (ExpiringCertificate certificate in claimed.Certificates)
            unit.Notices.Put(ToRecord(claimed, certificate, now));
        IEnumerable<string> told = claimed.Certificates.Select(certificate => $"{certificate} at {certificate.NotificationDay} days");
        unit.Record(AuditAct.NotificationSent, claimed.Watcher, string.Join("; ", told));
        return claimed.As(NotificationStatus.Sent, now);
    });

    /// <summary>Gives a claim back that was not used.</summary>
    public void Release(CaNotification claimed) => store.Write(unit =>
    {
        foreach (ExpiringCertificate certificate in claimed.Certificates)
        {
            NoticeRecord record = ToRecord(claimed, certificate, default);
            foreach (NoticeRecord own in unit.Notices.Of(record.AuthorityId, record.SerialNumber).Where(own => IsOwnClaim(own, record)))
                unit.Notices.Remove(own);
        }
    });

    private static bool IsOwnClaim(NoticeRecord stored, NoticeRecord own) =>
        stored.Run == own.Run && !stored.IsSent && stored.Address == own.Address && stored.Day == own.Day;

    private static Standing StandingOf(StoreUnit unit, ExpiringCertificate certificate, string address, DateTime now)
    {
        CertificateRecord? record = unit.Certificates.Find(certificate.Certificate.AuthorityId, certificate.Certificate.StoredSerialNumber);
        bool stillWatched = record is { Revocation: null or { Reason: RevocationReason.CertificateHold } }
            && record.NotAfter > now && WatcherList.Find(record.Watchers, address) is not null;
        if (!stillWatched)
            return Standing.Done;
        NoticeRecord[] covering =
        [
            .. DayMarks.Covering(unit.Notices.Of(record!.AuthorityId, record.SerialNumber), address, certificate.NotificationDay),
        ];
        return covering.Any(notice => notice.IsSent) ? Standing.Done
            : covering.Any(notice => notice.IsTaken(now)) ? Standing.Claimed
            : Standing.Due;
    }

    private NoticeRecord ToRecord(CaNotification notification, ExpiringCertificate certificate, DateTime at) => new()
    {
        AuthorityId = certificate.Certificate.AuthorityId,
        SerialNumber = certificate.Certificate.StoredSerialNumber,
        Address = notification.Address.ToLowerInvariant(),
        Day = certificate.NotificationDay,
        Run = _run,
        At = at,
    };

    private enum Standing
    {
        Due,
        Claimed,
        Done,
    }
}

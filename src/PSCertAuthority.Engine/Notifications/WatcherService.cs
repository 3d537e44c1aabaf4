using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>Lists and changes who is told before certificates end.</summary>
public sealed class WatcherService
{
    private const int PageSize = 500;

    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal WatcherService(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>The watchers of one certificate, whatever its state.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c> or <c>CertificateAmbiguous</c>.</exception>
    public IReadOnlyList<CaWatcher> Get(CertificateIdentity identity, WatcherFilter? filter = null) =>
        _store.Read(unit => Describe(unit, CertificateFinder.Find(unit, identity)).Where(watcher => filter?.Fits(watcher) != false).ToList());

    /// <summary>The watchers of all certificates that an identity may mean; of all that are valid or suspended where it is an authority.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c> or <c>CertificateOfOtherStore</c>.</exception>
    public IEnumerable<CaWatcher> GetAll(CertificateIdentity identity, WatcherFilter filter, CancellationToken cancellation = default)
    {
        if (identity.OfAuthority is { } authority)
            return List(filter with { Authority = authority }, cancellation);
        return new CertificateCatalog(_store, _clock).GetAll(identity, filter: null, cancellation).SelectMany(certificate => Get(certificate, filter));
    }

    /// <summary>Lists the watchers of all valid and suspended certificates. The store is free for others between the pages.</summary>
    /// <exception cref="CaAuthorityException">The filter's authority is unknown or ambiguous.</exception>
    public IEnumerable<CaWatcher> List(WatcherFilter filter, CancellationToken cancellation = default)
    {
        byte[]? next = null;
        do
        {
            byte[]? after = next;
            (List<CaWatcher> page, next) = _store.Read(unit => ReadPage(unit, filter, after), cancellation);
            foreach (CaWatcher watcher in page.Where(filter.Fits))
                yield return watcher;
        }
        while (next is not null);
    }

    /// <summary>Adds watchers to a certificate. One whose address is there already is no second one; a name that is given replaces the one before.</summary>
    /// <returns>Those that were asked for, as they are now.</returns>
    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c> or <c>CertificateAmbiguous</c>.</exception>
    public IReadOnlyList<CaWatcher> Add(CertificateIdentity identity, IReadOnlyList<MailAddress> watchers) => _store.Write(unit =>
    {
        CertificateRecord record = CertificateFinder.Find(unit, identity);
        List<string> list = [.. record.Watchers];
        foreach (MailAddress watcher in watchers.Where(watcher => WatcherList.Add(list, watcher)))
            unit.Record(AuditAct.WatcherAdded, record.AuditName, watcher.ToString());
        record = record with { Watchers = list };
        unit.Certificates.Update(record);
        return Describe(unit, record)
            .Where(stored => watchers.Any(watcher => string.Equals(watcher.Address, stored.EmailAddress, StringComparison.OrdinalIgnoreCase)))
            .ToList();
    });

    /// <summary>Removes a watcher from a certificate. What was sent stays on record, so that adding the watcher again sends nothing twice.</summary>
    /// <returns>The watcher that is no longer one.</returns>
    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c> or <c>CertificateAmbiguous</c>.</exception>
    /// <exception cref="CaNotificationException"><c>WatcherNotFound</c>: nobody with that address watches it.</exception>
    public CaWatcher Remove(CertificateIdentity identity, MailAddress watcher) => _store.Write(unit =>
    {
        CertificateRecord record = CertificateFinder.Find(unit, identity);
        string stored = WatcherList.Find(record.Watchers, watcher.Address) ?? throw NotificationErrors.WatcherNotFound(watcher, record);
        CaWatcher removed = Describe(unit, record).Single(one => one.Watcher == stored);
        unit.Certificates.Update(record with { Watchers = [.. record.Watchers.Where(one => one != stored)] });
        unit.Record(AuditAct.WatcherRemoved, record.AuditName, stored);
        return removed;
    });

    private (List<CaWatcher> Page, byte[]? Next) ReadPage(StoreUnit unit, WatcherFilter filter, byte[]? after)
    {
        var query = new CertificateQuery
        {
            AuthorityId = filter.Authority is { } identity ? AuthorityFinder.Find(unit, identity).Id : null,
            States = CertificateStates.Valid | CertificateStates.Suspended,
            NotAfterFrom = _clock.GetUtcSecond().AddSeconds(1),
        };
        CertificatePage page = unit.Certificates.Page(query, after, PageSize);
        return (page.Records.SelectMany(record => Describe(unit, record)).ToList(), page.Next);
    }

    private IEnumerable<CaWatcher> Describe(StoreUnit unit, CertificateRecord record)
    {
        if (record.Watchers.Count == 0)
            return [];
        string authority = unit.Authorities.FindById(record.AuthorityId)?.Name ?? string.Empty;
        var certificate = new CaCertificate(record, authority, _store.DatabasePath, unit.StoreId, _clock.GetUtcSecond());
        IReadOnlyList<NoticeRecord> notices = unit.Notices.Of(record.AuthorityId, record.SerialNumber);
        return record.Watchers.Select(watcher => new CaWatcher(certificate, watcher, notices));
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Ocsp;

/// <summary>Reads from a store how its certificates stand: all of them page by page, and then what changed, by following the audit records.</summary>
internal sealed class StatusFeed(CaStore store)
{
    // LiteDB's index scatters neighbours over its pages: a unit has to load most of them, however few keys it takes. So few units, which hold
    // the store for half a second each.
    private const int PageSize = 250_000;
    private const int ChangesAtOnce = 5_000;

    private static readonly HashSet<AuditAct> OfCertificates =
    [
        AuditAct.CertificateIssued, AuditAct.CertificateImported, AuditAct.CertificateRevoked, AuditAct.CertificateSuspended, AuditAct.CertificateResumed,
    ];

    private static readonly HashSet<AuditAct> OfAuthorities =
        [AuditAct.AuthorityCreated, AuditAct.AuthorityChanged, AuditAct.AuthorityRenewed, AuditAct.AuthorityRevoked, AuditAct.SettingChanged];

    // These bring or remove certificates without a record for each.
    private static readonly HashSet<AuditAct> OfEverything = [AuditAct.AuthorityImported, AuditAct.AuthorityRemoved, AuditAct.StoreRestored];

    private Guid _storeId;

    /// <summary>The present end of the history. What is read after this call may be newer, never older.</summary>
    /// <exception cref="CaException">The store is missing or empty, cannot be read, or is another one than at first.</exception>
    public FeedPosition ReadPosition(CancellationToken cancellation) => Read(
        unit => unit.Audit.Last() is { } last ? new FeedPosition(last.First, last.Hash) : FeedPosition.Beginning, cancellation);

    /// <summary>All authorities, and whether their CRLs are served.</summary>
    public (IReadOnlyList<AuthorityState> Authorities, bool ServesCrl) ReadAuthorities(CancellationToken cancellation) => Read(
        unit =>
        {
            IReadOnlyList<AuthorityState> all = [.. unit.Authorities.All().Select(record => new AuthorityState(record, EarlierSerialNumbers(unit, record)))];
            return (all, unit.Settings.Read().ServeCrl);
        },
        cancellation);

    /// <summary>All certificates of an authority, in pages, between which others may use the store. A later page may correct an earlier one.</summary>
    public IEnumerable<IReadOnlyList<SerialState>> ReadAll(int authorityId, CancellationToken cancellation)
    {
        byte[]? after = null;
        do
        {
            byte[]? from = after;
            byte[]? last = null;
            List<SerialState> page = Read(
                unit => Until(unit.Certificates.StatusKeys(authorityId, from, PageSize), cancellation).Select(key => new SerialState(
                    authorityId, StatusKey.SerialOctetsOf(last = key), StatusKey.IsRevoked(key) ? CertificateState.RevokedBefore : CertificateState.Good)).ToList(),
                cancellation);
            yield return page;
            after = page.Count == PageSize ? last : null;
        }
        while (after is not null);

        string? behind = null;
        do
        {
            string? from = behind;
            List<CrlEntryRecord> entries = Read(unit => Until(unit.CrlEntries.Entries(authorityId, from), cancellation).Take(PageSize).ToList(), cancellation);
            yield return [.. entries.Select(entry => new SerialState(authorityId, StatusKey.SerialOctets(entry.SerialNumber), CertificateState.Of(entry.Revocation)))];
            behind = entries.Count == PageSize ? entries[entries.Count - 1].SerialNumber : null;
        }
        while (behind is not null);
    }

    /// <summary>How one certificate stands now; null where there is none.</summary>
    public CertificateState? Read(int authorityId, string serialNumber, CancellationToken cancellation) => Read(
        unit => unit.Certificates.Find(authorityId, serialNumber) is { } record ? CertificateState.Of(record.Revocation) : (CertificateState?)null, cancellation);

    /// <summary>What has changed since a position. Large histories come in parts: ask again until nothing comes.</summary>
    public StatusChanges ReadChanges(FeedPosition position, CancellationToken cancellation) => Read(
        unit =>
        {
            IReadOnlyList<AuditGroup> groups = unit.Audit.Page(position.First, ChangesAtOnce);
            if (position.First > 0 && !(groups.Count > 0 && groups[0].First == position.First && groups[0].Hash.SequenceEqual(position.Hash)))
                return new StatusChanges(FeedPosition.Beginning, [], Authorities: true, Everything: true);
            AuditGroup[] later = [.. groups.Where(group => group.First > position.First)];
            if (later.Length == 0)
                return new StatusChanges(position, [], Authorities: false, Everything: false);
            AuditEntry[] entries = [.. later.SelectMany(group => group.Entries)];
            var reached = new FeedPosition(later[later.Length - 1].First, later[later.Length - 1].Hash);
            return new StatusChanges(
                reached, [.. Until(ReadNamed(unit, entries), cancellation)], entries.Any(entry => OfAuthorities.Contains(entry.Act)), entries.Any(entry => OfEverything.Contains(entry.Act)));
        },
        cancellation);

    /// <summary>Reads the store that was read at first. One that is away, empty or another must not be taken for one without certificates.</summary>
    private T Read<T>(Func<StoreUnit, T> work, CancellationToken cancellation) => store.Read(
        unit =>
        {
            if (unit.StoreId == Guid.Empty)
                throw File.Exists(store.DatabasePath) ? StoreErrors.Empty(store.DatabasePath) : StoreErrors.Missing(store.DatabasePath);
            if (_storeId == Guid.Empty)
                _storeId = unit.StoreId;
            return unit.StoreId == _storeId ? work(unit) : throw ResponderErrors.StoreReplaced(store.DatabasePath);
        },
        cancellation);

    /// <summary>None where a certificate cannot be decoded: what the others issued is answered for all the same.</summary>
    private static IReadOnlyList<string> EarlierSerialNumbers(StoreUnit unit, AuthorityRecord record)
    {
        try
        {
            return AuthorityCertificates.EarlierSerialNumbers(unit, record);
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e) && e is not CaStoreException)
        {
            return [];
        }
    }

    /// <summary>A unit may take a second or more: who is told to end must not wait for the last of its keys.</summary>
    private static IEnumerable<T> Until<T>(IEnumerable<T> items, CancellationToken cancellation)
    {
        foreach (T item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    /// <summary>The certificates that records name, by the serial number with which they begin; whose it is, the store says.</summary>
    private static IEnumerable<SerialState> ReadNamed(StoreUnit unit, IEnumerable<AuditEntry> entries)
    {
        IEnumerable<string> serials = entries.Where(entry => OfCertificates.Contains(entry.Act))
            .Select(entry => SerialNumbers.TryParsePrefix(entry.Target.Split(' ')[0])).OfType<string>().Distinct();
        foreach (string serial in serials)
        {
            foreach (CertificateRecord record in unit.Certificates.FindBySerialPrefix(serial + "/", int.MaxValue))
                yield return new SerialState(record.AuthorityId, StatusKey.SerialOctets(serial), CertificateState.Of(record.Revocation));
        }
    }
}

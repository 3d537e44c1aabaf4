using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Audit;

/// <summary>Who changed what in a store, and when.</summary>
public sealed class AuditTrail
{
    private const int PageSize = 200;

    private readonly CaStore _store;
    private readonly RefusalRecorder _refusals;

    internal AuditTrail(CaStore store, TimeProvider clock)
    {
        _store = store;
        _refusals = new RefusalRecorder(store, clock);
    }

    /// <summary>Lists the acts, oldest first. The store is free for others between the pages.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or none.</exception>
    public IEnumerable<CaAuditRecord> List(AuditFilter filter, CancellationToken cancellation = default)
    {
        long next = 1;
        while (true)
        {
            long from = next;
            IReadOnlyList<AuditGroup> page = _store.Read(unit => unit.Audit.Page(from, PageSize), cancellation);
            if (page.Count == 0)
                yield break;
            foreach (CaAuditRecord record in page.SelectMany(Records).Where(filter.Fits))
                yield return record;
            next = page[page.Count - 1].Next;
        }
    }

    /// <summary>Lists the acts, newest first, as a page of the web interface shows them.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">Only those with a lower number; null for all.</param>
    /// <param name="size">How many at most; 1 upwards.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Fewer than <paramref name="size"/> where there are no more.</returns>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or none.</exception>
    public IReadOnlyList<CaAuditRecord> Newest(AuditFilter filter, long? before, int size, CancellationToken cancellation = default)
    {
        var found = new List<CaAuditRecord>();
        long next = before ?? long.MaxValue;
        while (found.Count < size)
        {
            long upTo = next;
            IReadOnlyList<AuditGroup> page = _store.Read(unit => unit.Audit.PageBefore(upTo, PageSize), cancellation);
            if (page.Count == 0)
                break;
            found.AddRange(page.SelectMany(group => Records(group).Reverse()).Where(record => record.Number < (before ?? long.MaxValue) && filter.Fits(record)).Take(size - found.Count));
            next = page[page.Count - 1].First;
        }

        return found;
    }

    /// <summary>
    /// Records what changes nothing in the store: that somebody signed out, or that the web interface refused something. Of refusals, 60 a minute get a
    /// record of their own; the others are counted, and one record tells their number a minute later.
    /// </summary>
    /// <param name="act"><see cref="AuditAct.WebSignedOut"/>, <see cref="AuditAct.WebSignInRefused"/> or <see cref="AuditAct.WebActRefused"/>; all else records itself.</param>
    /// <param name="target">On which object; what a stranger sent is shortened, and loses its control characters.</param>
    /// <param name="detail">What else matters, such as why and from where.</param>
    /// <exception cref="ArgumentException">The act is another one.</exception>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or not writable.</exception>
    public void Record(AuditAct act, string target, string detail = "")
    {
        switch (act)
        {
            case AuditAct.WebSignedOut:
                _store.Write(unit => unit.Record(act, AuditText.Clean(target), AuditText.Clean(detail)));
                break;
            case AuditAct.WebSignInRefused or AuditAct.WebActRefused:
                Refuse(new AuditEntry(act, target, detail));
                break;
            default:
                throw new ArgumentException($"{act} is recorded by what does it.", nameof(act));
        }
    }

    /// <summary>Tells at once of the refusals that were only counted, for a server that ends.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or not writable.</exception>
    public void RecordCountedRefusals() => _refusals.Summarize(atOnce: true);

    /// <summary>Records a refusal, or counts it; what comes of it is recorded in any case.</summary>
    internal void Refuse(AuditEntry refusal, AuditEntry? consequence = null) =>
        _refusals.Record(refusal with { Target = AuditText.Clean(refusal.Target), Detail = AuditText.Clean(refusal.Detail) }, consequence);

    private static IEnumerable<CaAuditRecord> Records(AuditGroup group) =>
        Enumerable.Range(0, group.Entries.Count).Select(index => new CaAuditRecord(group, index));
}

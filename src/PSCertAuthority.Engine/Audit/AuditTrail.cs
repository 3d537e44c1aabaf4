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

    internal AuditTrail(CaStore store) => _store = store;

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

    private static IEnumerable<CaAuditRecord> Records(AuditGroup group) =>
        Enumerable.Range(0, group.Entries.Count).Select(index => new CaAuditRecord(group, index));
}

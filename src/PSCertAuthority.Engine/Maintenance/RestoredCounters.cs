using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>
/// Where the counters of a restored store go on: above what the store that it replaces has reached, and above what any store may have reached by now, as
/// the one that was used since the backup may be lost. So no number is used for two things, and none is lower than one before, in whichever order
/// stores are restored.
/// </summary>
internal sealed class RestoredCounters
{
    // What may be given out between reading the replaced store and replacing it. Restoring takes longer than so many milliseconds.
    private const long Meanwhile = 100;

    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly IReadOnlyList<AuthorityRecord> _replaced;
    private readonly IReadOnlyList<(byte[] Subject, long Number)> _removed;
    private readonly long _replacedAudit;
    private readonly long _now;
    private readonly long _age;

    private RestoredCounters(IReadOnlyList<AuthorityRecord> replaced, IReadOnlyList<(byte[] Subject, long Number)> removed, long replacedAudit, DateTime madeAt, DateTime now)
    {
        _replaced = replaced;
        _removed = removed;
        _replacedAudit = replacedAudit;
        _now = (long)(now - Epoch).TotalMilliseconds;
        _age = Math.Max(0, (long)(now - madeAt).TotalMilliseconds);
    }

    /// <summary>Reads what the store that is about to be replaced has reached; one that cannot be read counts as lost.</summary>
    /// <param name="store">The store that is replaced.</param>
    /// <param name="madeAt">When the backup was made; UTC.</param>
    /// <param name="now">UTC.</param>
    public static RestoredCounters Over(CaStore store, DateTime madeAt, DateTime now)
    {
        var lost = new RestoredCounters([], [], 0, madeAt, now);
        try
        {
            return store.Exists ? store.Read(unit => new RestoredCounters([.. unit.Authorities.WithPending()], unit.CrlNumbers.All(), unit.Audit.Last()?.Next ?? 0, madeAt, now)) : lost;
        }
        catch (CaStoreException e) when (e.ErrorId is not "StoreLocked")
        {
            return lost;
        }
    }

    /// <summary>The CRL number that counts as given out last for authorities of one subject name.</summary>
    public long LastCrlNumber(KeyFamily family) => Above(family.LastCrlNumber, KeyFamily.Of(_replaced, family.Members[0]).LastCrlNumber);

    /// <summary>
    /// The subject names, with their last CRL numbers, of authorities that are not in the store: removed before the backup or after it, or made after it.
    /// </summary>
    /// <param name="unit">The restored store.</param>
    public IReadOnlyList<(byte[] Subject, long Number)> Removed(StoreUnit unit) =>
    [
        .. unit.CrlNumbers.All().Select(kept => (kept.Subject, Above(kept.Number, 0))),
        .. _removed.Select(kept => (kept.Subject, kept.Number + Meanwhile)),
        .. _replaced.Where(authority => KeyFamily.SubjectOf(authority) is not null)
            .Select(authority => (KeyFamily.SubjectOf(authority)!.GetDerEncoded(), authority.LastCrlNumber + Meanwhile)),
    ];

    /// <summary>The number of the next audit record.</summary>
    /// <param name="next">The one that would follow in the backup.</param>
    public long NextAuditNumber(long next) => Above(next, _replacedAudit);

    /// <summary>
    /// Nothing takes a number more often than each millisecond, so that a store which was restored at some moment, with the milliseconds since 1970 as its
    /// number, never overtakes the clock; nor does one that began with larger numbers, as from an import, overtake that number and its own age.
    /// </summary>
    private long Above(long backup, long replaced) => Math.Max(Math.Max(_now, backup + _age), replaced + Meanwhile);
}

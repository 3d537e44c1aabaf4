using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>What comes onto the CRLs of an authority and leaves them, with the number after which it did, so that deltas can tell.</summary>
internal static class CrlListing
{
    /// <summary>Names a certificate on the CRLs that follow, in the place of what they said of it.</summary>
    public static void Put(StoreUnit unit, CrlEntryRecord entry)
    {
        unit.CrlResumptions.Remove(entry.AuthorityId, entry.SerialNumber);
        // A suspended certificate that is revoked for good is on the list already, with the old reason.
        unit.CrlEntries.Put(entry with { AddedAfter = LastNumber(unit, entry.AuthorityId) });
    }

    /// <summary>Takes a resumed certificate off the CRLs that follow.</summary>
    public static void TakeOff(StoreUnit unit, int authorityId, string serialNumber, DateTime now)
    {
        CrlEntryRecord? entry = unit.CrlEntries.Find(authorityId, serialNumber);
        if (entry is null)
            return;
        unit.CrlEntries.Remove(authorityId, serialNumber);
        unit.CrlResumptions.Put(new CrlResumptionRecord(authorityId, serialNumber, entry.NotAfter, now, entry.IsAuthority, entry.AddedAfter, LastNumber(unit, authorityId)));
    }

    /// <summary>What a CRL of that scope lists, read while it is enumerated.</summary>
    /// <param name="unit">The unit in which its number is given out.</param>
    /// <param name="family">All whose revocations it lists.</param>
    /// <param name="signer">Which of them signs it.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="complete">The complete CRL that a delta follows; null lists everything.</param>
    public static IEnumerable<CrlEntryRecord> Read(StoreUnit unit, KeyFamily family, AuthorityRecord signer, CrlScope scope, CrlRecord? complete)
    {
        var own = new IssuedSerialNumbers(unit, signer);
        IEnumerable<CrlEntryRecord> entries = family.Members.Where(member => member.Id != signer.Id).Aggregate(
            unit.CrlEntries.Entries(signer.Id), (merged, member) => Merge(merged, unit.CrlEntries.Entries(member.Id).Where(entry => !own.Contains(entry.SerialNumber))));
        if (!scope.IsEverything)
        {
            var authorities = new HashSet<(int?, string)>(unit.Authorities.All().Select(a => (a.ParentId, a.SerialNumber)));
            entries = entries.Where(entry => scope.Contains(entry.IsAuthority || authorities.Contains((entry.AuthorityId, entry.SerialNumber)), entry.Revocation.Reason));
        }

        return complete is null ? entries : entries.Where(entry => IsNewTo(complete, entry)).Concat(ReadResumed(unit, family, own, scope, complete.Number));
    }

    /// <summary>How many octets the entries of a complete CRL take at most, more or less; none of them is read.</summary>
    public static int SizeOf(StoreUnit unit, KeyFamily family) => checked(family.Members.Sum(member => unit.CrlEntries.SizeOf(member.Id)));

    /// <summary>
    /// Leaves the revocations of an authority that is about to be removed to another one with its subject name, whose CRLs go on to list them: who has
    /// the certificates goes on to look for them there.
    /// </summary>
    /// <returns>How many no CRL lists from then on.</returns>
    public static int HandOver(StoreUnit unit, AuthorityRecord removed, DateTime now)
    {
        KeyFamily family = KeyFamily.Of(unit, removed);
        List<CrlEntryRecord> entries = [.. unit.CrlEntries.Entries(removed.Id)];
        // Where none signs CRLs, the others keep them all the same: one may get its certificate or its key.
        if (family.Members.Where(member => member.Id != removed.Id).OrderBy(member => CrlSigner.IsPossible(unit, member, now)).ThenBy(member => !member.IsPending).LastOrDefault() is not { } heir)
            return entries.Count;
        family.Count(unit, family.LastCrlNumber);
        var own = new IssuedSerialNumbers(unit, heir);
        foreach (CrlEntryRecord entry in entries)
        {
            if (!own.Contains(entry.SerialNumber) && unit.CrlEntries.Find(heir.Id, entry.SerialNumber) is null)
                Put(unit, entry with { AuthorityId = heir.Id });
        }

        HandOverResumed(unit, removed, own);
        return CrlSigner.IsPossible(unit, heir, now) ? 0 : entries.Count;
    }

    /// <summary>Deltas go on to take off what the complete CRLs still list as suspended. The numbers are those of all authorities with the name.</summary>
    private static void HandOverResumed(StoreUnit unit, AuthorityRecord removed, IssuedSerialNumbers heir)
    {
        foreach (CrlResumptionRecord resumed in unit.CrlResumptions.Entries(removed.Id).ToList())
        {
            if (!heir.Contains(resumed.SerialNumber) && unit.CrlEntries.Find(heir.AuthorityId, resumed.SerialNumber) is null)
                unit.CrlResumptions.Put(resumed with { AuthorityId = heir.AuthorityId });
        }
    }

    /// <summary>An entry without a number is from before deltas were known: naming it once more does no harm.</summary>
    private static bool IsNewTo(CrlRecord complete, CrlEntryRecord entry) =>
        entry.AddedAfter is not { } added || added >= complete.Number || !complete.Covers(entry.AuthorityId);

    private static IEnumerable<CrlEntryRecord> ReadResumed(StoreUnit unit, KeyFamily family, IssuedSerialNumbers own, CrlScope scope, long baseNumber) => family.Members
        .SelectMany(member => unit.CrlResumptions.Entries(member.Id).Where(resumed => own.Contains(resumed.SerialNumber) ? member.Id == own.AuthorityId : IsOver(unit, family, resumed)))
        .Where(resumed => resumed.IsKnownTo(baseNumber) && scope.Contains(resumed.IsAuthority, RevocationReason.CertificateHold))
        .Select(resumed => new CrlEntryRecord(
            resumed.AuthorityId, resumed.SerialNumber, resumed.NotAfter, new RevocationRecord(resumed.ResumedAt, RevocationReason.RemoveFromCrl, null)));

    /// <summary>Whether no key has that serial number revoked: what another key resumed must not take it off.</summary>
    private static bool IsOver(StoreUnit unit, KeyFamily family, CrlResumptionRecord resumed) =>
        family.Members.All(member => unit.CrlEntries.Find(member.Id, resumed.SerialNumber) is null);

    /// <summary>Both lists in the order of the serial numbers; where both have one, what the first says of it.</summary>
    private static IEnumerable<CrlEntryRecord> Merge(IEnumerable<CrlEntryRecord> first, IEnumerable<CrlEntryRecord> second)
    {
        using IEnumerator<CrlEntryRecord> left = first.GetEnumerator(), right = second.GetEnumerator();
        bool hasLeft = left.MoveNext(), hasRight = right.MoveNext();
        while (hasLeft || hasRight)
        {
            int order = !hasLeft ? 1 : !hasRight ? -1 : string.CompareOrdinal(left.Current.SerialNumber, right.Current.SerialNumber);
            yield return order <= 0 ? left.Current : right.Current;
            if (order <= 0)
                hasLeft = left.MoveNext();
            if (order >= 0)
                hasRight = right.MoveNext();
        }
    }

    private static long LastNumber(StoreUnit unit, int authorityId) =>
        (unit.Authorities.WithPending().FirstOrDefault(authority => authority.Id == authorityId) ?? throw AuthorityErrors.NotFound($"#{authorityId}")).LastCrlNumber;
}

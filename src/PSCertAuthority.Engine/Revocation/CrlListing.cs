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
    /// <param name="authorityId">Whose CRL.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="baseNumber">The number of the complete CRL that a delta follows; null lists everything.</param>
    public static IEnumerable<CrlEntryRecord> Read(StoreUnit unit, int authorityId, CrlScope scope, long? baseNumber)
    {
        IEnumerable<CrlEntryRecord> entries = unit.CrlEntries.Entries(authorityId);
        if (!scope.IsEverything)
        {
            var authorities = new HashSet<string>(unit.Authorities.All().Where(a => a.ParentId == authorityId).Select(a => a.SerialNumber), StringComparer.Ordinal);
            entries = entries.Where(entry => scope.Contains(entry.IsAuthority || authorities.Contains(entry.SerialNumber), entry.Revocation.Reason));
        }

        if (baseNumber is not { } number)
            return entries;
        // An entry without a number is from before deltas were known: naming it once more does no harm.
        return entries.Where(entry => entry.AddedAfter is not { } added || added >= number)
            .Concat(unit.CrlResumptions.Entries(authorityId).Where(resumed => resumed.IsKnownTo(number) && scope.Contains(resumed.IsAuthority, RevocationReason.CertificateHold))
                .Select(resumed => new CrlEntryRecord(authorityId, resumed.SerialNumber, resumed.NotAfter, new RevocationRecord(resumed.ResumedAt, RevocationReason.RemoveFromCrl, null))));
    }

    private static long LastNumber(StoreUnit unit, int authorityId) =>
        (unit.Authorities.FindById(authorityId) ?? throw AuthorityErrors.NotFound($"#{authorityId}")).LastCrlNumber;
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Checks that what the next CRL would name is a revoked certificate or authority, and that no CRL number is used twice.</summary>
internal sealed class CrlEntryCheck(StoreFindings findings, StoreUnit unit, IReadOnlyDictionary<int, AuthorityRecord> authorities)
{
    /// <summary>The number of entries of an authority.</summary>
    public long Check(int authority, CancellationToken cancellation)
    {
        string name = authorities[authority].Name;
        long count = 0;
        foreach (CrlEntryRecord entry in unit.CrlEntries.Entries(authority))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            bool known = unit.Certificates.Exists(authority, entry.SerialNumber)
                || authorities.Values.Any(child => child.ParentId == authority && child.SerialNumber == entry.SerialNumber);
            if (!known)
                findings.Warn("CrlEntryUnknown", SerialNumbers.ToPrinted(entry.SerialNumber), $"The next CRL of '{name}' would name it, but the store has no such certificate.");
        }

        AuthorityRecord? now = unit.Authorities.FindById(authority);
        if (now is not null && unit.Crls.Latest(authority) is { } latest && latest.Number > now.LastCrlNumber)
            findings.Error("CrlNumberReused", name, $"The CRL {latest.Number} was made, but {now.LastCrlNumber} counts as the last number: the next would be used twice.");
        return count;
    }
}

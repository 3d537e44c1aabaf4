using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Checks that what the next CRL would name is a revoked certificate or authority, and that no CRL number is used twice.</summary>
internal sealed class CrlEntryCheck(
    CaStore store, StoreFindings findings, IndexBalance balance, IReadOnlyDictionary<int, AuthorityRecord> authorities, int pageSize)
{
    /// <summary>The number of entries of an authority.</summary>
    public long Check(int authority, CancellationToken cancellation)
    {
        long count = 0;
        string? behind = null;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            string? from = behind;
            (int read, behind) = store.Read(unit => CheckPage(unit, authority, from), cancellation);
            count += read;
        }
        while (behind is not null);

        store.Read(unit => CheckNumber(unit, authority), cancellation);
        return count;
    }

    /// <summary>How many were read, and behind which serial number to go on; null at the end.</summary>
    private (int Count, string? Next) CheckPage(StoreUnit unit, int authority, string? behind)
    {
        CrlEntryRecord[] page = [.. unit.CrlEntries.Entries(authority, behind).Take(pageSize)];
        bool[] known = [.. unit.Certificates.Exist(authority, [.. page.Select(entry => entry.SerialNumber)])];
        for (int i = 0; i < page.Length; i++)
        {
            string serialNumber = page[i].SerialNumber;
            if (known[i])
                balance.Meet(page[i]);
            else if (!authorities.Values.Any(child => child.ParentId == authority && child.SerialNumber == serialNumber))
                findings.Tell("CrlEntryUnknown", SerialNumbers.ToPrinted(serialNumber), $"The next CRL of '{authorities[authority].Name}' names it; the certificate is not in the store, as where its revocation was taken over from a CRL or an index.");
        }

        return (page.Length, page.Length == pageSize ? page[page.Length - 1].SerialNumber : null);
    }

    private bool CheckNumber(StoreUnit unit, int authority)
    {
        if (unit.Authorities.FindById(authority) is not { } now || unit.Crls.Latest(authority) is not { } latest || latest.Number <= now.LastCrlNumber)
            return true;
        findings.Error("CrlNumberReused", now.Name, $"The CRL {latest.Number} was made, but {now.LastCrlNumber} counts as the last number: the next would be used twice.");
        return false;
    }
}

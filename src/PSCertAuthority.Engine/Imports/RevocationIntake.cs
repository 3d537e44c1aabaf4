using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>A revocation that was made elsewhere and what the store says of the certificate become one: in its record and on the next CRL alike.</summary>
internal static class RevocationIntake
{
    /// <summary>False where it is nothing new.</summary>
    public static bool Take(StoreUnit unit, CrlEntryRecord entry)
    {
        RevocationRecord? listed = unit.CrlEntries.Find(entry.AuthorityId, entry.SerialNumber)?.Revocation;
        if (unit.Certificates.Find(entry.AuthorityId, entry.SerialNumber) is { } certificate)
        {
            RevocationRecord merged = entry.Revocation.After(listed).After(certificate.Revocation);
            if (merged == certificate.Revocation && (listed is null || listed == merged))
                return false;
            unit.Certificates.Update(certificate with { Revocation = merged });
            CrlListing.Put(unit, entry with { NotAfter = certificate.NotAfter, Revocation = merged, IsAuthority = DecodedCertificate.SaysAuthority(certificate.Certificate) });
            return true;
        }

        if (unit.Authorities.All().FirstOrDefault(child => child.ParentId == entry.AuthorityId && child.SerialNumber == entry.SerialNumber) is { } authority)
        {
            RevocationRecord merged = entry.Revocation.After(listed).After(authority.Revocation);
            if (merged == authority.Revocation && (listed is null || listed == merged))
                return false;
            unit.Authorities.Update(authority with { Revocation = merged });
            CrlListing.Put(unit, entry with { NotAfter = authority.NotAfter, Revocation = merged, IsAuthority = true });
            return true;
        }

        if (entry.Revocation.After(listed) is var unseen && unseen == listed)
            return false;
        CrlListing.Put(unit, entry with { Revocation = unseen });
        return true;
    }
}

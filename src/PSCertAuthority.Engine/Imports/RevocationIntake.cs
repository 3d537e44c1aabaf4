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
        CertificateRecord? certificate = unit.Certificates.Find(entry.AuthorityId, entry.SerialNumber);
        AuthorityRecord? authority = certificate is null ? unit.Authorities.All().FirstOrDefault(child => child.ParentId == entry.AuthorityId && child.SerialNumber == entry.SerialNumber) : null;
        RevocationRecord? recorded = certificate?.Revocation ?? authority?.Revocation;
        RevocationRecord merged = entry.Revocation.After(listed).After(recorded);
        bool isSeen = certificate is not null || authority is not null;
        if (isSeen ? merged == recorded && (listed is null || listed == merged) : merged == listed)
            return false;
        if (certificate is not null)
            unit.Certificates.Update(certificate with { Revocation = merged });
        else if (authority is not null)
            unit.Authorities.Update(authority with { Revocation = merged });
        CrlListing.Put(unit, entry with
        {
            NotAfter = certificate?.NotAfter ?? authority?.NotAfter ?? entry.NotAfter,
            Revocation = merged,
            IsAuthority = certificate is not null ? DecodedCertificate.SaysAuthority(certificate.Certificate) : authority is not null || entry.IsAuthority,
        });
        return true;
    }
}

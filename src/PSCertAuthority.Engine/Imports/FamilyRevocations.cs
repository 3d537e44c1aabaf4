using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>
/// To which key of one issuer name a revocation from elsewhere belongs. A CRL tells of certificates by issuer name and serial number (RFC 5280, section
/// 5.3), and one key of the name signs for all of them: the revocation is kept with the key that issued the certificate.
/// </summary>
internal sealed class FamilyRevocations(StoreUnit unit, AuthorityRecord authority)
{
    private readonly int[] _others = [.. KeyFamily.Of(unit, authority).Members.Select(member => member.Id).Where(id => id != authority.Id)];
    private readonly HashSet<(int?, string)> _authorities = [.. unit.Authorities.All().Select(child => (child.ParentId, child.SerialNumber))];

    /// <summary>
    /// The keys whose certificate of that serial number is in the store: the authority's own, where it has one, else those of the others. Where nobody
    /// has it, the authority keeps the revocation until the certificate comes.
    /// </summary>
    public IReadOnlyList<int> OwnersOf(string serialNumber)
    {
        if (_others.Length == 0 || Has(authority.Id, serialNumber))
            return [authority.Id];
        int[] owners = [.. _others.Where(id => Has(id, serialNumber))];
        return owners.Length > 0 ? owners : [authority.Id];
    }

    /// <summary>
    /// What is known of a certificate of the authority that is about to be stored; null for nothing. What another key has kept for a certificate that
    /// it has not got itself was about this one, and is with the authority from now on.
    /// </summary>
    public RevocationRecord? Take(string serialNumber, DateTime notAfter, bool isAuthority)
    {
        if (unit.CrlEntries.Find(authority.Id, serialNumber) is { } own)
            return own.Revocation;
        CrlEntryRecord[] kept = [.. _others.Where(id => !Has(id, serialNumber)).Select(id => unit.CrlEntries.Find(id, serialNumber)).OfType<CrlEntryRecord>()];
        foreach (CrlEntryRecord entry in kept)
            unit.CrlEntries.Remove(entry.AuthorityId, serialNumber);
        // One of two says for good what the other calls suspended.
        if (kept.OrderBy(entry => entry.Revocation.Reason == RevocationReason.CertificateHold).FirstOrDefault() is not { } taken)
            return null;
        CrlListing.Put(unit, taken with { AuthorityId = authority.Id, NotAfter = notAfter, IsAuthority = isAuthority });
        return taken.Revocation;
    }

    private bool Has(int authorityId, string serialNumber) => unit.Certificates.Exists(authorityId, serialNumber) || _authorities.Contains((authorityId, serialNumber));
}

using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>
/// The serial numbers that one key issued. Its CRL says of them what became of its own certificates, not what another key of the same name says: a
/// serial number is unique only for one of them where authorities were imported.
/// </summary>
internal sealed class IssuedSerialNumbers(StoreUnit unit, AuthorityRecord issuer)
{
    private readonly HashSet<string> _ofAuthorities =
        new(unit.Authorities.All().Where(a => a.ParentId == issuer.Id || (a.Id == issuer.Id && a.ParentId is null)).Select(a => a.SerialNumber), StringComparer.Ordinal);

    /// <summary>Whose they are.</summary>
    public int AuthorityId => issuer.Id;

    public bool Contains(string serialNumber) => _ofAuthorities.Contains(serialNumber) || unit.Certificates.Exists(issuer.Id, serialNumber);
}

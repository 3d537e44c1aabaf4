using System;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>Which authorities have CRLs at all.</summary>
internal static class CrlSigner
{
    /// <summary>
    /// Whether it can sign CRLs, be it once it is enabled again: its key is here, and neither it nor an authority above it has expired or is revoked.
    /// </summary>
    public static bool IsPossible(StoreUnit unit, AuthorityRecord authority, DateTime now) => !authority.IsPending
        && AuthorityFinder.Chain(unit, authority).All(above => above.NotAfter > now && above.Revocation is null)
        && KeyFiles.HasKey(unit, authority);
}

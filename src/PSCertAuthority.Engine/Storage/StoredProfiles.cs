using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Storage;

/// <summary>The profiles of a store: the built-in ones as they were changed, without those that were removed, and new ones.</summary>
internal sealed class StoredProfiles(IReadOnlyList<CertificateProfile> all)
{
    public IReadOnlyList<CertificateProfile> All => all;

    public CertificateProfile? TryFind(string name) =>
        all.FirstOrDefault(profile => string.Equals(profile.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <exception cref="CaProfileException"><c>ProfileNotFound</c>.</exception>
    public CertificateProfile Find(string name) => TryFind(name) ?? throw CaProfileException.NotFound(name, all.Select(profile => profile.Name));
}

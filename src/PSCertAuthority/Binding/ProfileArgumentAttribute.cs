using System;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Binding;

/// <summary>Lets objects of profiles, what is left of them, and rows of a table with a name name a profile.</summary>
public sealed class ProfileArgumentAttribute() : NamedArgumentAttribute(nameof(CertificateProfile.MinimumRsaSize))
{
    /// <inheritdoc/>
    protected override object? FromObject(object value) => value is CertificateProfile profile ? new ProfileIdentity(profile) : null;

    private protected override object Create(string name, Guid? id, string? storePath) => new ProfileIdentity(name, id, storePath);
}

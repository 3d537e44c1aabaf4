using System;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Profiles;

/// <summary>Names a profile: by the object itself, or by name.</summary>
public sealed class ProfileIdentity : NamedIdentity
{
    /// <summary>Names a profile by name, in any case.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public ProfileIdentity(string name)
        : base(name, id: null, storePath: null)
    {
    }

    /// <summary>Names this very profile; one that is in no store, by its name.</summary>
    public ProfileIdentity(CertificateProfile profile)
        : this((profile ?? throw new ArgumentNullException(nameof(profile))).Name, profile.StorePath is null ? null : profile.Id, profile.StorePath)
    {
    }

    /// <summary>Names a profile by what is left of its object after Export-Clixml, Export-Csv, a job or remoting.</summary>
    /// <param name="name">The name.</param>
    /// <param name="id">The id of the profile; null where that is not known.</param>
    /// <param name="storePath">The store that the profile is in; null where that is not known.</param>
    public ProfileIdentity(string name, Guid? id, string? storePath)
        : base(name, id, storePath)
    {
    }

    /// <summary>Names a profile by name.</summary>
    public static implicit operator ProfileIdentity(string name) => new(name);

    /// <summary>Names this very profile.</summary>
    public static implicit operator ProfileIdentity(CertificateProfile profile) => new(profile);
}

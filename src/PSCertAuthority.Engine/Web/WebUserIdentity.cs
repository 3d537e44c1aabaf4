using System;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Web;

/// <summary>Names a user of the web interface: by the object itself, or by name.</summary>
public sealed class WebUserIdentity : NamedIdentity
{
    /// <summary>Names a user by name, in any case.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public WebUserIdentity(string name)
        : base(name, id: null, storePath: null)
    {
    }

    /// <summary>Names this very user.</summary>
    public WebUserIdentity(CaWebUser user)
        : this((user ?? throw new ArgumentNullException(nameof(user))).Name, user.Id, user.StorePath)
    {
    }

    /// <summary>Names a user by what is left of its object after Export-Clixml, Export-Csv, a job or remoting.</summary>
    /// <param name="name">The name.</param>
    /// <param name="id">The id of the user; null where that is not known.</param>
    /// <param name="storePath">The store that the user is in; null where that is not known.</param>
    public WebUserIdentity(string name, Guid? id, string? storePath)
        : base(name, id, storePath)
    {
    }

    /// <summary>Names a user by name.</summary>
    public static implicit operator WebUserIdentity(string name) => new(name);

    /// <summary>Names this very user.</summary>
    public static implicit operator WebUserIdentity(CaWebUser user) => new(user);
}

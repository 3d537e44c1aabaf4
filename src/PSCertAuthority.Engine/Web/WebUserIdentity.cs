using System;

namespace PSCertAuthority.Web;

/// <summary>Names a user of the web interface: by the object itself, or by name.</summary>
/// <remarks>An object names exactly the user that it was read of. Who was made anew under the same name is another user.</remarks>
public sealed class WebUserIdentity
{
    /// <summary>Names a user by name, in any case.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public WebUserIdentity(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException("A web user is named by its name, not by an empty text.");
        Name = name.Trim();
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
        : this(name) =>
        (Id, StorePath) = (id, storePath);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The store of the object; null where a name was given.</summary>
    public string? StorePath { get; }

    internal Guid? Id { get; }

    /// <summary>Names a user by name.</summary>
    public static implicit operator WebUserIdentity(string name) => new(name);

    /// <summary>Names this very user.</summary>
    public static implicit operator WebUserIdentity(CaWebUser user) => new(user);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

using System;

namespace PSCertAuthority.Storage;

/// <summary>Names something of a store by its name, or by its object.</summary>
/// <remarks>An object names exactly what it was read of. What was made anew under the same name is something else.</remarks>
public abstract class NamedIdentity
{
    /// <summary>Names it by name, in any case, or by what is known of its object.</summary>
    /// <param name="name">The name.</param>
    /// <param name="id">The id; null where that is not known.</param>
    /// <param name="storePath">The store that it is in; null where that is not known.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    private protected NamedIdentity(string name, Guid? id, string? storePath)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException("What is named by its name is not named by an empty text.");
        (Name, Id, StorePath) = (name.Trim(), id, storePath);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The store of the object; null where a name was given.</summary>
    public string? StorePath { get; }

    internal Guid? Id { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

using System;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Lets what is left of an object, and rows of a table with a name, name something of a store that has a name and an id.</summary>
/// <param name="mark">A property of such an object that other rows with a name don't have: they may have an id of their own.</param>
public abstract class NamedArgumentAttribute(string mark) : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        if (TextOf(remains, "Name") is not { } name)
            return null;
        Guid? id = TextOf(remains, mark) is not null && Guid.TryParse(TextOf(remains, "Id"), out Guid known) ? known : null;
        return Create(name, id, id is null ? null : TextOf(remains, "StorePath"));
    }

    private protected abstract object Create(string name, Guid? id, string? storePath);
}

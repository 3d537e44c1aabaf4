using System;
using System.Management.Automation;
using PSCertAuthority.Web;

namespace PSCertAuthority.Binding;

/// <summary>Lets objects of web users, what is left of them, and rows of a table with a name name a user.</summary>
public sealed class WebUserArgumentAttribute : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromObject(object value) => value is CaWebUser user ? new WebUserIdentity(user) : null;

    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        if (TextOf(remains, nameof(CaWebUser.Name)) is not { } name)
            return null;
        // Another kind of row may have an id of its own.
        Guid? id = TextOf(remains, nameof(CaWebUser.Role)) is not null && Guid.TryParse(TextOf(remains, nameof(CaWebUser.Id)), out Guid known) ? known : null;
        return new WebUserIdentity(name, id, id is null ? null : TextOf(remains, nameof(CaWebUser.StorePath)));
    }
}

using System;
using PSCertAuthority.Web;

namespace PSCertAuthority.Binding;

/// <summary>Lets objects of web users, what is left of them, and rows of a table with a name name a user.</summary>
public sealed class WebUserArgumentAttribute() : NamedArgumentAttribute(nameof(CaWebUser.Role))
{
    /// <inheritdoc/>
    protected override object? FromObject(object value) => value is CaWebUser user ? new WebUserIdentity(user) : null;

    private protected override object Create(string name, Guid? id, string? storePath) => new WebUserIdentity(name, id, storePath);
}

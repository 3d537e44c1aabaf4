using System;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>What the user must be allowed to do for a page, or for one act of it. Without it, a session is enough for a page, and an act is the administrator's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresAttribute(WebPermission permission) : Attribute
{
    /// <summary>What is needed.</summary>
    public WebPermission Permission => permission;
}

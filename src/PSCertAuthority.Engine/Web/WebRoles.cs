using System;

namespace PSCertAuthority.Web;

/// <summary>What each role permits.</summary>
public static class WebRoles
{
    /// <summary>All that a role permits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no role.</exception>
    public static WebPermission Permissions(this WebRole role) => role switch
    {
        WebRole.Viewer => WebPermission.View,
        WebRole.Issuer => WebPermission.View | WebPermission.Issue,
        WebRole.Revoker => WebPermission.View | WebPermission.Revoke,
        WebRole.Administrator => WebPermission.View | WebPermission.Issue | WebPermission.Revoke | WebPermission.Administer,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>Whether a role permits all of that.</summary>
    public static bool Permits(this WebRole role, WebPermission wanted) => (role.Permissions() & wanted) == wanted;

    /// <summary>What a role may do, in a sentence.</summary>
    public static string Describe(this WebRole role) => role switch
    {
        WebRole.Viewer => "sees everything, changes nothing",
        WebRole.Issuer => "issues, renews and edits watchers; does not revoke",
        WebRole.Revoker => "revokes, suspends and resumes; does not issue",
        WebRole.Administrator => "does everything, edits authorities and reads the audit records",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}

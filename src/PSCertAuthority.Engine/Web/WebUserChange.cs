using System.Security;

namespace PSCertAuthority.Web;

/// <summary>What shall change in a user; what is left out stays.</summary>
public sealed record WebUserChange
{
    /// <summary>The new role; ends the sessions.</summary>
    public WebRole? Role { get; init; }

    /// <summary>Whether the user may sign in; ends the sessions.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The new password, 12 to 1024 characters; ends the sessions.</summary>
    public SecureString? Password { get; init; }

    /// <summary>Forgets the failed attempts, so that the user may try again at once.</summary>
    public bool Unlock { get; init; }

    /// <summary>Ends all sessions of the user.</summary>
    public bool SignOut { get; init; }
}

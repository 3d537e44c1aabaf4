using System;

namespace PSCertAuthority.Web;

/// <summary>What came of an attempt to sign in.</summary>
public sealed record WebSignIn
{
    private WebSignIn()
    {
    }

    /// <summary>Whether the user is in.</summary>
    public bool Succeeded => User is not null;

    /// <summary>The user; null when refused.</summary>
    public CaWebUser? User { get; private init; }

    /// <summary>What the session has to name on each request, see <see cref="WebUserService.Check"/>; null when refused.</summary>
    public string? SecurityStamp => User?.SecurityStamp;

    /// <summary>Why not; null when let in. The page must not show it.</summary>
    public WebSignInRefusal? Refusal { get; private init; }

    /// <summary>How long no further attempt under this name is looked at. The page may show it: it is the same for names that do not exist.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    internal static WebSignIn Success(CaWebUser user) => new() { User = user };

    internal static WebSignIn Refused(WebSignInRefusal refusal, TimeSpan? retryAfter) => new() { Refusal = refusal, RetryAfter = retryAfter };
}

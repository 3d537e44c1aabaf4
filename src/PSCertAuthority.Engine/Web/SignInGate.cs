using System;
using System.Globalization;
using System.Security;
using PSCertAuthority.Audit;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Web;

/// <summary>
/// Looks at names and passwords that are tried. An attempt counts as failed before the password is looked at, so that many at once are no more than
/// five; one that goes well takes the count back.
/// </summary>
internal sealed class SignInGate(CaStore store, TimeProvider clock, AuditTrail audit, Func<WebUserRecord, CaWebUser> describe)
{
    // What was typed as a name may be a password: it is not recorded.
    private const string UnknownTarget = "(unknown user)";

    private readonly UnknownNames _unknown = new();

    /// <inheritdoc cref="WebUserService.SignIn"/>
    public WebSignIn SignIn(string name, SecureString password, string? source)
    {
        // Whoever goes on trying a locked name only has the store read: a flood costs no writing units.
        Claim claim = store.Read(unit => LockOf(Find(unit, name), name, clock.GetUtcSecond())) ?? store.Write(unit => Count(unit, name, clock.GetUtcSecond()));
        if (!claim.IsLookedAt)
            return Refuse(claim, WebSignInRefusal.Locked, source);
        using WebPassword? tried = WebPassword.Tried(password);
        PasswordHash hash = claim.User?.PasswordHash ?? PasswordHash.Nobody;
        bool fits = tried is not null && hash.Fits(tried) && claim.User is not null;
        if (!fits)
            return Refuse(claim, claim.User is null ? WebSignInRefusal.UnknownUser : WebSignInRefusal.WrongPassword, source);
        return Enter(claim.User!, hash.IsOutdated ? PasswordHash.Of(tried!) : hash, source) is { } entered
            ? WebSignIn.Success(entered)
            : Refuse(claim, WebSignInRefusal.Disabled, source);
    }

    /// <summary>What is said of a locked name; null where its password is looked at.</summary>
    private Claim? LockOf(WebUserRecord? user, string name, DateTime now)
    {
        TimeSpan? left = user is null ? _unknown.LockedFor(Shortened(name), now) : user.LockedUntil - now;
        return left > TimeSpan.Zero ? new Claim(user, false, left) : null;
    }

    private Claim Count(StoreUnit unit, string name, DateTime now)
    {
        WebUserRecord? user = Find(unit, name);
        // Many at once have read that it is not locked.
        if (LockOf(user, name, now) is { } locked)
            return locked;
        if (user is null)
        {
            // Writes as a user's failure does: the disk must not tell a stranger which names exist.
            unit.WebUsers.CountUnknown();
            return new Claim(null, true, _unknown.Count(Shortened(name), now));
        }

        TimeSpan? delay = SignInDelay.After(user.FailedAttempts + 1);
        user = user with { FailedAttempts = user.FailedAttempts + 1, LockedUntil = now + delay };
        unit.WebUsers.Update(user);
        return new Claim(user, true, delay);
    }

    private static WebUserRecord? Find(StoreUnit unit, string name) => WebUserName.IsValid(name) ? unit.WebUsers.Find(name) : null;

    private static string Shortened(string name) => name.Length <= WebUserName.MaximumLength ? name : name.Substring(0, WebUserName.MaximumLength);

    /// <summary>Lets the user in; null where the user was removed, disabled or given another password meanwhile.</summary>
    private CaWebUser? Enter(WebUserRecord looked, PasswordHash hash, string? source)
    {
        using IDisposable acting = AuditActor.ActFor(looked.Name, source);
        return store.Write(unit =>
        {
            WebUserRecord? user = unit.WebUsers.Find(looked.Name);
            if (user is not { Enabled: true } || user.PasswordHash.ToString() != looked.PasswordHash.ToString())
                return null;
            user = user with { FailedAttempts = 0, LockedUntil = null, LastSignInAt = clock.GetUtcSecond(), PasswordHash = hash };
            unit.WebUsers.Update(user);
            unit.Record(AuditAct.WebSignedIn, user.Name, From(source));
            return describe(user);
        });
    }

    private WebSignIn Refuse(Claim claim, WebSignInRefusal refusal, string? source)
    {
        string why = refusal switch
        {
            WebSignInRefusal.Locked => "locked",
            WebSignInRefusal.Disabled => "disabled",
            WebSignInRefusal.UnknownUser => "no such user",
            _ => "wrong password",
        };
        var refused = new AuditEntry(AuditAct.WebSignInRefused, claim.User?.Name ?? UnknownTarget, string.Join(": ", why, From(source)).TrimEnd(' ', ':'));
        AuditEntry? locked = claim is { IsLookedAt: true, User: { LockedUntil: { } until } user }
            ? new AuditEntry(
                AuditAct.WebUserLocked, user.Name,
                string.Format(CultureInfo.InvariantCulture, "until {0:yyyy-MM-dd HH:mm:ss'Z'}, after {1} failures", until, user.FailedAttempts))
            : null;
        audit.Refuse(refused, locked);
        return WebSignIn.Refused(refusal, claim.RetryAfter);
    }

    private static string From(string? source) => string.IsNullOrEmpty(source) ? string.Empty : $"from {source}";

    /// <summary>An attempt that was counted, or not looked at.</summary>
    private sealed record Claim(WebUserRecord? User, bool IsLookedAt, TimeSpan? RetryAfter);
}

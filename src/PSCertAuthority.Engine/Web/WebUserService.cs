using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using PSCertAuthority.Audit;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Web;

/// <summary>Who may sign in to the web interface, and what they may do there.</summary>
public sealed class WebUserService
{
    private const int StampOctets = 16;

    private readonly CaStore _store;
    private readonly TimeProvider _clock;
    private readonly SignInGate _gate;

    internal WebUserService(CaStore store, TimeProvider clock, AuditTrail audit)
    {
        _store = store;
        _clock = clock;
        _gate = new SignInGate(store, clock, audit, Describe);
    }

    /// <summary>All users by name.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or none.</exception>
    public IReadOnlyList<CaWebUser> List() => _store.Read(unit => unit.WebUsers.All().Select(Describe).ToList());

    /// <summary>The user of that name in any case; null where there is none.</summary>
    public CaWebUser? Find(string name) => _store.Read(unit => unit.WebUsers.Find(name) is { } user ? Describe(user) : null);

    /// <summary>The user that is named.</summary>
    /// <exception cref="CaWebUserException"><c>WebUserNotFound</c> or <c>WebUserOfOtherStore</c>.</exception>
    public CaWebUser Get(WebUserIdentity identity) => _store.Read(unit => Describe(Find(unit, identity)));

    /// <summary>Whether a user can be made so, but for the name being taken.</summary>
    /// <exception cref="CaWebUserException"><c>WebUserNameInvalid</c>, <c>WebPasswordTooShort</c> or <c>WebPasswordTooLong</c>.</exception>
    public static void Validate(string name, SecureString password)
    {
        WebUserName.Require(name);
        WebPassword.Chosen(name, password).Dispose();
    }

    /// <summary>Makes a user.</summary>
    /// <param name="name">1 to 64 letters (a to z), digits, and characters of . _ - @; unique in any case.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="password">12 to 1024 characters. Its hash alone is kept.</param>
    /// <exception cref="CaWebUserException"><c>WebUserNameInvalid</c>, <c>WebUserExists</c>, <c>WebPasswordTooShort</c> or <c>WebPasswordTooLong</c>; nothing has changed.</exception>
    public CaWebUser Create(string name, WebRole role, SecureString password)
    {
        WebUserName.Require(name);
        PasswordHash hash = Hash(name, password);
        return _store.Write(unit =>
        {
            if (unit.WebUsers.Find(name) is { } existing)
                throw CaWebUserException.Exists(existing.Name);
            var user = new WebUserRecord
            {
                Id = new Guid(SystemRandom.GetBytes(16)),
                Name = name,
                Role = role,
                Enabled = true,
                PasswordHash = hash,
                SecurityStamp = NewStamp(),
                CreatedAt = _clock.GetUtcSecond(),
            };
            unit.WebUsers.Insert(user);
            unit.Record(AuditAct.WebUserCreated, name, $"role {role}");
            return Describe(user);
        });
    }

    /// <summary>Changes a user. Another role, state or password ends the user's sessions.</summary>
    /// <exception cref="CaWebUserException"><c>WebUserNotFound</c>, <c>WebUserOfOtherStore</c>, <c>WebPasswordTooShort</c> or <c>WebPasswordTooLong</c>; nothing has changed.</exception>
    public CaWebUser Change(WebUserIdentity identity, WebUserChange change)
    {
        PasswordHash? hash = change.Password is null ? null : Hash(identity.Name, change.Password);
        return _store.Write(unit =>
        {
            WebUserRecord before = Find(unit, identity);
            (WebUserRecord after, string what) = Apply(before, change, hash);
            if (what.Length == 0)
                return Describe(before);
            unit.WebUsers.Update(after);
            unit.Record(AuditAct.WebUserChanged, before.Name, what);
            return Describe(after);
        });
    }

    /// <summary>Removes a user and ends the user's sessions. What the user did stays in the audit records.</summary>
    /// <exception cref="CaWebUserException"><c>WebUserNotFound</c> or <c>WebUserOfOtherStore</c>.</exception>
    public CaWebUser Remove(WebUserIdentity identity) => _store.Write(unit =>
    {
        WebUserRecord user = Find(unit, identity);
        unit.WebUsers.Remove(user.Name);
        unit.Record(AuditAct.WebUserRemoved, user.Name, $"role {user.Role}");
        return Describe(user);
    });

    /// <summary>
    /// Lets a user in, or not. After five failures no password is tried for 30 seconds, then for twice as long after each further failure, up to 15
    /// minutes. What a stranger can see of it, also the time it takes, is the same whether the name exists or not.
    /// </summary>
    /// <param name="name">What was typed as the name.</param>
    /// <param name="password">What was typed as the password.</param>
    /// <param name="source">Where from, as an IP address, for the audit records.</param>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or not writable.</exception>
    public WebSignIn SignIn(string name, SecureString password, string? source) => _gate.SignIn(name, password, source);

    /// <summary>Whether a session still counts: the user with the present role, or null where the session has ended.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="securityStamp">The <see cref="WebSignIn.SecurityStamp"/> that the session began with.</param>
    public CaWebUser? Check(string name, string securityStamp) =>
        Find(name) is { Enabled: true } user && string.Equals(user.SecurityStamp, securityStamp, StringComparison.Ordinal) ? user : null;

    /// <summary>An object never stands for another user who has its name now.</summary>
    private WebUserRecord Find(StoreUnit unit, WebUserIdentity identity)
    {
        if (identity.StorePath is { } other && StorePaths.Of(other, null).Database != _store.DatabasePath)
            throw CaWebUserException.OfOtherStore(identity.Name);
        WebUserRecord? found = unit.WebUsers.Find(identity.Name);
        if (identity.Id is { } id && (found is null || CaWebUser.IdOf(found) != id))
            throw CaWebUserException.Gone(identity.Name);
        return found ?? throw CaWebUserException.NotFound(identity.Name);
    }

    private static string NewStamp() => Convert.ToBase64String(SystemRandom.GetBytes(StampOctets));

    private static PasswordHash Hash(string name, SecureString password)
    {
        using WebPassword chosen = WebPassword.Chosen(name, password);
        return PasswordHash.Of(chosen);
    }

    private static (WebUserRecord After, string What) Apply(WebUserRecord before, WebUserChange change, PasswordHash? hash)
    {
        var what = new List<string>();
        WebUserRecord after = before;
        if (change.Role is { } role && role != before.Role)
        {
            after = after with { Role = role };
            what.Add($"role {role}");
        }

        if (change.Enabled is { } enabled && enabled != before.Enabled)
        {
            after = after with { Enabled = enabled };
            what.Add(enabled ? "enabled" : "disabled");
        }

        if (hash is not null)
        {
            after = after with { PasswordHash = hash };
            what.Add("password");
        }

        if (what.Count > 0 || change.SignOut)
            after = after with { SecurityStamp = NewStamp() };
        if (change.SignOut)
            what.Add("signed out everywhere");
        if (change.Unlock && before.FailedAttempts > 0)
        {
            after = after with { FailedAttempts = 0, LockedUntil = null };
            what.Add("unlocked");
        }

        return (after, string.Join(", ", what));
    }

    private CaWebUser Describe(WebUserRecord user) => new(user, _store.DatabasePath, _clock.GetUtcNow().UtcDateTime);
}

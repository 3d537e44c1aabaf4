using System;
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>Sees on each request whether the user of a session is still let in, and with which role: a second after it was changed, whoever changed it.</summary>
internal sealed class SessionCheck(CaEngine engine, TimeProvider clock)
{
    private const string Stamp = "stamp";
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string Name, string Stamp), (CaWebUser? User, DateTimeOffset At)> _seen = new();

    /// <summary>The user of a request; null without a session.</summary>
    public static CaWebUser? UserOf(HttpContext context) => context.Items[typeof(CaWebUser)] as CaWebUser;

    /// <summary>Who a session that just began is for.</summary>
    public static ClaimsPrincipal PrincipalFor(WebSignIn signIn) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, signIn.User!.Name),
            // Anti-forgery tokens are bound to it, and so to this session.
            new Claim(ClaimTypes.NameIdentifier, WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16))),
            new Claim(Stamp, signIn.SecurityStamp!),
        ], CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Ends a session whose user may not come in any more.</summary>
    public async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        string name = context.Principal?.Identity?.Name ?? string.Empty;
        string stamp = context.Principal?.FindFirstValue(Stamp) ?? string.Empty;
        if (StoreGuard.FailureOf(context.HttpContext) is not null)
        {
            context.RejectPrincipal();
            return;
        }

        CaWebUser? user;
        try
        {
            user = Look(name, stamp);
        }
        catch (CaException e)
        {
            // Who it is cannot be told now. The session stays, for when the store is back.
            StoreGuard.Note(context.HttpContext, e);
            context.RejectPrincipal();
            return;
        }

        if (user is not null)
        {
            context.HttpContext.Items[typeof(CaWebUser)] = user;
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>Has the next request of a user be checked anew, so that what just changed holds at once.</summary>
    public void Forget(string name)
    {
        foreach ((string Name, string Stamp) key in _seen.Keys)
        {
            if (string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase))
                _seen.TryRemove(key, out _);
        }
    }

    private CaWebUser? Look(string name, string stamp)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_seen.TryGetValue((name, stamp), out var seen) && now - seen.At < Kept)
            return seen.User;
        if (_seen.Count > 1000)
            _seen.Clear();
        CaWebUser? user = engine.WebUsers.Check(name, stamp);
        // Without a store nobody is a user, which says nothing of this one.
        if (user is null)
            engine.RequireStore();
        _seen[(name, stamp)] = (user, now);
        return user;
    }
}

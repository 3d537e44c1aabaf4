using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PSCertAuthority.Server.Web.Hosting;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>How the cookie of a session is set.</summary>
internal sealed class SessionCookie(WebOptions options, SessionStore sessions, SessionCheck check) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    /// <summary>A cookie that goes back to this very host, over TLS where there is TLS, out of no script's reach, and with no request that another site begins.</summary>
    public static CookieBuilder Build(WebOptions options, string name) => new()
    {
        // The prefix has browsers refuse what another host of the domain, or plain HTTP, would put in its place (RFC 6265bis).
        Name = options.UsesTls ? "__Host-" + name : name,
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        SecurePolicy = options.UsesTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest,
    };

    /// <inheritdoc/>
    public void Configure(string? name, CookieAuthenticationOptions cookies) => Configure(cookies);

    /// <inheritdoc/>
    public void Configure(CookieAuthenticationOptions cookies)
    {
        cookies.Cookie = Build(options, "psca-session");
        cookies.SessionStore = sessions;
        cookies.ExpireTimeSpan = options.SessionLife;
        cookies.SlidingExpiration = false;
        cookies.Events.OnValidatePrincipal = check.CheckAsync;
        // The gate before the pages says where to go.
        cookies.Events.OnRedirectToLogin = _ => Task.CompletedTask;
        cookies.Events.OnRedirectToAccessDenied = _ => Task.CompletedTask;
    }
}

using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>What tells browsers to run, show and keep no more than we mean, on every answer.</summary>
internal sealed class SafetyHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Adds them before the answer begins.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            // Pages show what not everybody may see; the static files set what they want themselves.
            if (!context.Request.Path.StartsWithSegments("/static", System.StringComparison.Ordinal))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}

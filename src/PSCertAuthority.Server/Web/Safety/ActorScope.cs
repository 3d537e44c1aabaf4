using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>Has the audit records of all that a request does name its user.</summary>
internal sealed class ActorScope(RequestDelegate next)
{
    /// <summary>Goes on within the scope.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (SessionCheck.UserOf(context) is not { } user)
        {
            await next(context);
            return;
        }

        using IDisposable scope = AuditActor.ActFor(user.Name, context.Connection.RemoteIpAddress?.ToString());
        await next(context);
    }
}

using System.Threading.Tasks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>
/// Whatever does not say that it is for everybody needs a session. Who has none and wanted to see a page is led to the sign-in; an act is refused and leaves a record.
/// </summary>
internal sealed class SessionPolicy(RefusedActs refused) : IAuthorizationMiddlewareResultHandler
{
    /// <summary>What is required where nothing else is said.</summary>
    public static AuthorizationPolicy Required { get; } = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();

    /// <summary>The act that a request asks for; empty where it asks for none by name.</summary>
    public static string HandlerOf(HttpContext context) => (context.GetRouteValue("handler") as string) ?? context.Request.Query["handler"].ToString();

    /// <inheritdoc/>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        if (StoreGuard.FailureOf(context) is not null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        // An address that leads nowhere is no act: strangers try many, and none is worth a record.
        if (context.GetEndpoint() is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (HttpMethods.IsGet(context.Request.Method) && HandlerOf(context).Length == 0)
        {
            context.Response.Redirect("/sign-in" + QueryString.Create("returnUrl", context.Request.Path + context.Request.QueryString));
        }
        else
        {
            refused.Record(context, "without a session");
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }
}

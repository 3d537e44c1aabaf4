using System;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>
/// The one gate before all pages: an act is done only for a user who may do it, when one of our own forms of this very session asks for it by POST; where
/// no session is needed, by one of our own forms. What else asks for an act leaves a record.
/// </summary>
internal sealed class ActGate(IAntiforgery antiforgery, RefusedActs refused) : IAsyncAuthorizationFilter, IOrderedFilter
{
    // Before the check of the framework, which leaves no record.
    public int Order => -1000;

    /// <inheritdoc/>
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (context.ActionDescriptor is not CompiledPageActionDescriptor page)
            return;
        HttpContext http = context.HttpContext;
        if (page.HandlerTypeInfo.IsDefined(typeof(AllowAnonymousAttribute)))
        {
            context.Result = await CheckOpenAsync(http, page);
            return;
        }

        string handler = SessionPolicy.HandlerOf(http);
        bool isPost = HttpMethods.IsPost(http.Request.Method);
        // Who has none was sent away by SessionPolicy, long before.
        context.Result = SessionCheck.UserOf(http) is { } user
            ? await CheckAsync(http, user, page, handler, isPost)
            : refused.Refuse(http, "without a session", StatusCodes.Status401Unauthorized);
    }

    private async Task<IActionResult?> CheckOpenAsync(HttpContext http, CompiledPageActionDescriptor page)
    {
        // The page of an error is shown for whatever was refused before, and takes no form.
        bool isAct = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !page.HandlerTypeInfo.IsDefined(typeof(IgnoreAntiforgeryTokenAttribute));
        return isAct && !await IsOfThisSessionAsync(http)
            ? refused.Refuse(http, "not by a form of this program", StatusCodes.Status400BadRequest)
            : null;
    }

    private async Task<IActionResult?> CheckAsync(HttpContext http, CaWebUser user, CompiledPageActionDescriptor page, string handler, bool isPost)
    {
        if (!isPost && handler.Length > 0)
            return refused.Refuse(http, "not by POST", StatusCodes.Status405MethodNotAllowed);
        if (!isPost && !HttpMethods.IsGet(http.Request.Method))
            return refused.Refuse(http, "neither GET nor POST", StatusCodes.Status405MethodNotAllowed);
        MethodInfo? method = page.HandlerMethods.FirstOrDefault(one =>
            string.Equals(one.HttpMethod, http.Request.Method, StringComparison.OrdinalIgnoreCase) && string.Equals(one.Name ?? string.Empty, handler, StringComparison.OrdinalIgnoreCase))?.MethodInfo;
        if (method is null)
        {
            // A page of acts alone shows nothing: who asks for it by GET asks for its act.
            return !isPost && page.HandlerMethods.All(one => HttpMethods.IsPost(one.HttpMethod))
                ? refused.Refuse(http, "not by POST", StatusCodes.Status405MethodNotAllowed)
                : new StatusCodeResult(StatusCodes.Status404NotFound);
        }

        // An act that does not say whom it is for is not for everybody.
        WebPermission needed = method.GetCustomAttribute<RequiresAttribute>()?.Permission
            ?? page.HandlerTypeInfo.GetCustomAttribute<RequiresAttribute>()?.Permission ?? (isPost ? WebPermission.Administer : WebPermission.View);
        if (!user.Role.Permits(needed))
            return refused.Refuse(http, $"the role {user.Role} does not permit it", StatusCodes.Status403Forbidden);
        return isPost && !await IsOfThisSessionAsync(http)
            ? refused.Refuse(http, "not by a form of this session", StatusCodes.Status400BadRequest)
            : null;
    }

    private async Task<bool> IsOfThisSessionAsync(HttpContext http)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            // The form is too large, or none: no token can be read from it.
            return false;
        }
    }
}

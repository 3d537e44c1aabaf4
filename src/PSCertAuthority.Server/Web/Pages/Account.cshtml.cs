using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>What is known of the user, and an end to all the user's sessions.</summary>
internal sealed class AccountModel(CaEngine engine, SessionCheck sessions) : CaPage(engine)
{
    /// <summary>The user.</summary>
    public CaWebUser Account => SessionCheck.UserOf(HttpContext)!;

    /// <summary>Shows it.</summary>
    public IActionResult OnGet() => Page();

    /// <summary>Ends all sessions of the user, this one too.</summary>
    [Requires(WebPermission.View)]
    public async Task<IActionResult> OnPostSignOutAsync()
    {
        CaWebUser user = Account;
        if (!Try(() => Engine.WebUsers.Change(user, new WebUserChange { SignOut = true })))
            return Page();
        sessions.Forget(user.Name);
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Redirect("/sign-in?done=everywhere");
    }
}

using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PSCertAuthority.Audit;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>Ends a session.</summary>
internal sealed class SignOutModel(CaEngine engine) : PageModel
{
    /// <summary>Ends it, and writes that down.</summary>
    [Requires(WebPermission.View)]
    public async Task<IActionResult> OnPostAsync()
    {
        string name = SessionCheck.UserOf(HttpContext)!.Name;
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        engine.Audit.Record(AuditAct.WebSignedOut, name);
        return Redirect("/sign-in");
    }
}

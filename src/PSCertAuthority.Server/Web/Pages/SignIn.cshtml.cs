using System;
using System.Globalization;
using System.Security;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>Begins a session.</summary>
[AllowAnonymous]
internal sealed class SignInModel(CaEngine engine, SignInQueue queue) : PageModel
{
    /// <summary>Where the user wanted to go; an address of ours alone is followed.</summary>
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>What was done, as the address says; a word of ours.</summary>
    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    /// <summary>What was typed as the name.</summary>
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => SessionCheck.UserOf(HttpContext) is null ? Page() : Redirect("/");

    /// <summary>Lets the user in, or not.</summary>
    public async Task<IActionResult> OnPostAsync(string? password)
    {
        string source = HttpContext.Connection.RemoteIpAddress?.ToString() ?? string.Empty;
        using SecureString secret = ToSecret(password);
        WebSignIn? signIn = await queue.TryRunAsync(() => engine.WebUsers.SignIn(Name ?? string.Empty, secret, source), HttpContext.RequestAborted);
        if (signIn is null)
            return Refuse("Too many are signing in at this moment. Try again soon.", 503);
        if (!signIn.Succeeded)
            return Refuse(Sentence(signIn.RetryAfter), 401);
        // A new session for each sign-in: what was in the browser before is worth nothing.
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        await HttpContext.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, SessionCheck.PrincipalFor(signIn));
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/");
    }

    private static string Sentence(TimeSpan? wait) => wait is { } time
        ? $"Name or password is wrong. After so many failures, the next attempt counts in {Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture)} seconds."
        : "Name or password is wrong.";

    private PageResult Refuse(string sentence, int status)
    {
        ModelState.AddModelError(string.Empty, sentence);
        Response.StatusCode = status;
        return Page();
    }

    private static SecureString ToSecret(string? text)
    {
        var secret = new SecureString();
        // One more than a password may have, so that it is wrong; a SecureString ends at 65,536.
        foreach (char c in (text ?? string.Empty).AsSpan(0, Math.Min(text?.Length ?? 0, WebPassword.MaximumLength + 1)))
            secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }
}

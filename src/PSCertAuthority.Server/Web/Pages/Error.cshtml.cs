using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PSCertAuthority.Server.Web.Safety;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>Says in a sentence why there is no other page: never how the program is built.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    /// <summary>The status of the answer, which was set by what failed.</summary>
    public int Code => Response.StatusCode;

    /// <summary>Nobody has business here who was not sent by a failure.</summary>
    public void OnGet()
    {
        if (Response.StatusCode == 200)
            Response.StatusCode = 404;
    }

    /// <summary>A few words.</summary>
    public string Title => Code switch
    {
        400 => "The request was not understood",
        401 => "Please sign in",
        403 => "Not permitted",
        404 => "Not found",
        405 => "Not this way",
        413 => "Too large",
        503 => StoreGuard.FailureOf(HttpContext) is null ? "Busy" : "The store cannot be read",
        _ => "Something went wrong",
    };

    /// <summary>The engine's own words, where it refused; else what can be said.</summary>
    public string Sentence => StoreGuard.FailureOf(HttpContext) is { } failure ? StoreSentence(failure)
        : HttpContext.Items[typeof(CaException)] is CaException refused ? refused.Message : Code switch
    {
        400 => "It did not come from a form of this session. Go back, load the page again and repeat what you did. Nothing has changed.",
        401 => "Your session has ended, or there was none. Nothing has changed.",
        403 => "Your role does not permit this. Nothing has changed.",
        404 => "There is no such page.",
        405 => "Acts are asked for by the buttons of a page, not by an address. Nothing has changed.",
        413 => "Requests of this size are not taken. A certificate request has a few kilobytes.",
        503 => "The store is in use by others. Try again in a moment.",
        _ => "The program's log says more. Nothing was left half done.",
    };

    /// <summary>Where the store is, and what is wrong with it, is nothing for strangers.</summary>
    private static string StoreSentence(CaException failure) => failure.ErrorId == "StoreLocked"
        ? "The store is in use by others. Try again in a moment."
        : $"Nothing can be shown or done until the store is back ({failure.ErrorId}); sessions go on then. The program's log says more. Nothing has changed.";
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PSCertAuthority.Authorities;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>What all pages behind the gate have in common.</summary>
internal abstract class CaPage(CaEngine engine) : PageModel
{
    /// <summary>The engine.</summary>
    protected CaEngine Engine => engine;

    /// <summary>What was done, as the address says; a word of ours, never a user's text.</summary>
    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    /// <summary>Whether the user may do that.</summary>
    public bool May(WebPermission permission) => SessionCheck.UserOf(HttpContext)?.Role.Permits(permission) == true;

    /// <summary>Does an act of a form. What the engine refuses is told at the form, and nothing has changed.</summary>
    /// <returns>Whether it was done.</returns>
    protected bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (CaException e)
        {
            ModelState.AddModelError(string.Empty, e.Message);
            Response.StatusCode = 422;
            return false;
        }
    }

    /// <summary>Refuses what a form says, at the form.</summary>
    protected bool Complain(string sentence)
    {
        ModelState.AddModelError(string.Empty, sentence);
        Response.StatusCode = 422;
        return false;
    }

    /// <summary>The authority of that serial number.</summary>
    protected CaAuthority? FindAuthority(string serialNumber) =>
        engine.Authorities.List().FirstOrDefault(authority => Show.Plain(authority.SerialNumber) == Show.Plain(serialNumber));

    /// <summary>A day of a form; null where none was given. False where it is none.</summary>
    protected static bool TryReadDay(string? text, out DateTime? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!DateTime.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime read))
            return false;
        day = read;
        return true;
    }

    /// <summary>The lines of a text field, without empty ones.</summary>
    protected static IReadOnlyList<string> Lines(string? text) =>
        [.. (text ?? string.Empty).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}

using System;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PSCertAuthority.Authorities;
using PSCertAuthority.Revocation;
using PSCertAuthority.Server.Web.Hosting;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>One authority: what is known of it, what it writes into certificates, and its files; never its key.</summary>
internal sealed class AuthorityModel(CaEngine engine, WebSecrets secrets) : CaPage(engine)
{
    /// <summary>The serial number in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "serial")]
    public string Serial { get; set; } = string.Empty;

    /// <summary>The authority.</summary>
    public CaAuthority Authority { get; private set; } = null!;

    /// <summary>What the form says of its URLs.</summary>
    [BindProperty]
    public UrlForm Urls { get; set; } = new();

    /// <summary>What was just done, in a sentence.</summary>
    public string? DoneSentence => Done switch
    {
        "urls" => "The URLs are changed. Certificates that are issued from now on have them.",
        "enabled" => "The authority signs again.",
        "disabled" => "The authority signs nothing until it is enabled.",
        _ => null,
    };

    /// <summary>The address of this authority, or of something below it.</summary>
    public string At(string? below = null, string? done = null) =>
        $"/authority/{Show.Plain(Authority.SerialNumber)}{(below is null ? string.Empty : "/" + below)}{(done is null ? string.Empty : "?done=" + done)}";

    /// <summary>Shows it.</summary>
    public IActionResult OnGet() => Load() ? ShowUrls() : NotFound();

    /// <summary>Changes the URLs for new certificates.</summary>
    [Requires(WebPermission.Administer)]
    public IActionResult OnPostUrls() => Act("urls", authority => Engine.Authorities.Set(authority, new AuthorityUrls
    {
        Crl = Lines(Urls.Crl),
        DeltaCrl = Lines(Urls.DeltaCrl),
        Ocsp = Lines(Urls.Ocsp),
        Issuer = Lines(Urls.Issuer),
    }, enabled: null));

    /// <summary>Lets it sign.</summary>
    [Requires(WebPermission.Administer)]
    public IActionResult OnPostEnable() => Act("enabled", authority => Engine.Authorities.Set(authority, new AuthorityUrls(), enabled: true));

    /// <summary>Keeps it from signing.</summary>
    [Requires(WebPermission.Administer)]
    public IActionResult OnPostDisable() => Act("disabled", authority => Engine.Authorities.Set(authority, new AuthorityUrls(), enabled: false));

    /// <summary>Makes the CRL as of now, and sends it.</summary>
    [Requires(WebPermission.View)]
    public IActionResult OnPostCrl(string? format)
    {
        if (!Load())
            return NotFound();
        CaCrl? crl = null;
        if (!Try(() => crl = Engine.Crls.Create(Authority, secrets.Password, TimeSpan.FromHours(CaDefaults.CrlValidHours))))
            return ShowUrls();
        string name = Exports.SafeFileName.From(Authority.Name);
        return format == "pem" ? File(crl!.ToPemBytes(), "application/x-pem-file", name + ".crl.pem") : File(crl!.ToDer(), "application/pkix-crl", name + ".crl");
    }

    private IActionResult Act(string done, Action<CaAuthority> act)
    {
        if (!Load())
            return NotFound();
        return Try(() => act(Authority)) ? Redirect(At(done: done)) : Page();
    }

    private PageResult ShowUrls()
    {
        Urls = UrlForm.Of(Authority);
        return Page();
    }

    private bool Load()
    {
        CaAuthority? found = FindAuthority(Serial);
        Authority = found!;
        return found is not null;
    }
}

/// <summary>The URLs of an authority, a line each.</summary>
internal sealed class UrlForm
{
    /// <summary>Where CRLs are.</summary>
    public string? Crl { get; set; }

    /// <summary>Where delta CRLs are.</summary>
    public string? DeltaCrl { get; set; }

    /// <summary>Where responders answer.</summary>
    public string? Ocsp { get; set; }

    /// <summary>Where its own certificate is.</summary>
    public string? Issuer { get; set; }

    /// <summary>What it has now.</summary>
    public static UrlForm Of(CaAuthority authority) => new()
    {
        Crl = string.Join("\n", authority.CrlUrl),
        DeltaCrl = string.Join("\n", authority.DeltaCrlUrl),
        Ocsp = string.Join("\n", authority.OcspUrl),
        Issuer = string.Join("\n", authority.IssuerUrl),
    };
}

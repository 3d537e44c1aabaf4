using System;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Server.Web.Hosting;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>Issues a certificate in the place of another, for the key of a new request.</summary>
[Requires(WebPermission.Issue)]
internal sealed class RenewModel(CaEngine engine, WebSecrets secrets, RefusedActs refused) : CaPage(engine)
{
    /// <summary>The serial number in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "serial")]
    public string Serial { get; set; } = string.Empty;

    /// <summary>Its authority.</summary>
    [BindProperty(SupportsGet = true, Name = "authority")]
    public string? AuthorityName { get; set; }

    /// <summary>The request as it was pasted.</summary>
    [BindProperty(Name = "request")]
    public string RequestText { get; set; } = string.Empty;

    /// <summary>The last day.</summary>
    [BindProperty(Name = "notAfter")]
    public string? NotAfter { get; set; }

    /// <summary>Whether the old one is revoked as superseded, together with the issuing of the new one.</summary>
    [BindProperty(Name = "revoke")]
    public bool Revoke { get; set; }

    /// <summary>The certificate that is renewed.</summary>
    public CaCertificate Certificate { get; private set; } = null!;

    /// <summary>Who issues the new one: its authority, or the one with a newer key that took its place.</summary>
    public CaAuthority Issuer { get; private set; } = null!;

    /// <summary>Why that authority can issue nothing here; null where it can.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>Shows the form.</summary>
    public void OnGet() => Load();

    /// <summary>Issues, and revokes where that was asked for: both or neither.</summary>
    public IActionResult OnPost()
    {
        if (Revoke && !May(WebPermission.Revoke))
            return refused.Refuse(HttpContext, $"the role {SessionCheck.UserOf(HttpContext)!.Role} does not permit revoking", StatusCodes.Status403Forbidden);
        Load();
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        CaCertificate? renewed = null;
        bool done = Try(() =>
        {
            if (!TryReadDay(NotAfter, out DateTime? day))
            {
                Complain("The end is written as 2027-12-31.");
                return;
            }

            renewed = Issuing.Issue(Engine, new CertificateIssueRequest
            {
                Renews = Certificate,
                Renewed = Revoke ? RenewedCertificate.Revoke : RenewedCertificate.Keep,
                Authority = null,
                Password = secrets.Password,
                Request = Issuing.ReadRequest(RequestText),
                NotAfter = Issuing.EndOf(day),
            });
        });
        return done && renewed is not null ? Redirect(CertificateModel.AddressOf(renewed, done: Revoke ? "superseded" : "renewed")) : Page();
    }

    private void Load()
    {
        Certificate = Engine.Certificates.Get(string.IsNullOrEmpty(AuthorityName) ? new CertificateIdentity(Serial) : CertificateModel.Named(Serial, AuthorityName));
        Issuer = Engine.Authorities.GetCurrent(Certificate.Authority);
        WhyNot = Issuing.WhyNot(Issuer);
    }
}

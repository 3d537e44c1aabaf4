using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Mvc;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Notifications;
using PSCertAuthority.Profiles;
using PSCertAuthority.Server.Web.Hosting;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>Issues a certificate in two steps: what a request asks for is shown first, and what is not taken over by the user is not issued.</summary>
[Requires(WebPermission.Issue)]
internal sealed class IssueModel(CaEngine engine, WebSecrets secrets) : CaPage(engine)
{
    /// <summary>The request as it was pasted.</summary>
    [BindProperty(Name = "request")]
    public string RequestText { get; set; } = string.Empty;

    /// <summary>What the second form says.</summary>
    [BindProperty]
    public IssueForm Form { get; set; } = new();

    /// <summary>The request, once it could be read.</summary>
    public CaCertificateRequest? CertificateRequest { get; private set; }

    /// <summary>The authorities that can issue here.</summary>
    public IReadOnlyList<CaAuthority> Issuers { get; private set; } = [];

    /// <summary>The authorities that cannot, each with the reason.</summary>
    public IReadOnlyList<(string Name, string Why)> Others { get; private set; } = [];

    /// <summary>The profiles.</summary>
    public IReadOnlyList<CertificateProfile> Profiles { get; private set; } = [];

    /// <summary>Shows the first form.</summary>
    public void OnGet() => Load();

    /// <summary>Shows what the request asks for.</summary>
    public IActionResult OnPostReview()
    {
        Load();
        if (Try(() => CertificateRequest = Issuing.ReadRequest(RequestText)))
            Form = IssueForm.Of(CertificateRequest!, Issuers, Engine.Settings.Get("DefaultProfile").Value as string);
        return Page();
    }

    /// <summary>Issues.</summary>
    public IActionResult OnPostSign()
    {
        Load();
        CaCertificate? issued = null;
        Try(() =>
        {
            CertificateRequest = Issuing.ReadRequest(RequestText);
            if (!TryReadDay(Form.NotAfter, out DateTime? day))
                Complain("The end is written as 2027-12-31.");
            else if (string.IsNullOrEmpty(Form.Authority))
                Complain("Choose an authority.");
            else
                issued = Issuing.Issue(Engine, ToRequest(day));
        });
        return issued is null ? Page() : Redirect(CertificateModel.AddressOf(issued, done: "issued"));
    }

    private CertificateIssueRequest ToRequest(DateTime? day) => new()
    {
        Authority = Form.Authority!,
        Password = secrets.Password,
        Request = CertificateRequest,
        Profile = string.IsNullOrEmpty(Form.Profile) ? null : Form.Profile,
        Subject = string.IsNullOrWhiteSpace(Form.Subject) ? DistinguishedName.Empty : DistinguishedName.Parse(Form.Subject.Trim()),
        SubjectAlternativeName = [.. Lines(Form.Names).Select(GeneralName.Parse)],
        NotAfter = Issuing.EndOf(day),
        Watchers = [.. Lines(Form.Watchers).Select(MailAddress.Parse)],
    };

    private void Load()
    {
        IReadOnlyList<CaAuthority> all = Engine.Authorities.ListTree();
        Issuers = [.. all.Where(authority => Issuing.WhyNot(authority) is null)];
        Others = [.. all.Select(authority => (authority.Name, Why: Issuing.WhyNot(authority)!)).Where(other => other.Why is not null)];
        Profiles = [.. Engine.Profiles.List().Where(profile => profile.Enabled)];
    }
}

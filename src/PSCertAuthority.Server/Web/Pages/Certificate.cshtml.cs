using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Mvc;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;
using PSCertAuthority.Revocation;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>One certificate: all that is known of it, and what can be done with it.</summary>
internal sealed class CertificateModel(CaEngine engine) : CaPage(engine)
{
    /// <summary>The reasons that a form offers; suspending has a button of its own.</summary>
    public static IReadOnlyList<RevocationReason> Reasons { get; } =
    [
        RevocationReason.Unspecified, RevocationReason.KeyCompromise, RevocationReason.AffiliationChanged, RevocationReason.Superseded,
        RevocationReason.CessationOfOperation, RevocationReason.PrivilegeWithdrawn,
    ];

    /// <summary>The serial number in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "serial")]
    public string Serial { get; set; } = string.Empty;

    /// <summary>Its authority, where several use that number.</summary>
    [BindProperty(SupportsGet = true, Name = "authority")]
    public string? AuthorityName { get; set; }

    /// <summary>The certificate.</summary>
    public CaCertificate Certificate { get; private set; } = null!;

    /// <summary>Those above it, from below.</summary>
    public IReadOnlyList<CaAuthority> Chain { get; private set; } = [];

    /// <summary>Who is told before it ends.</summary>
    public IReadOnlyList<CaWatcher> Watchers { get; private set; } = [];

    /// <summary>What was just done, in a sentence.</summary>
    public string? DoneSentence => Done switch
    {
        "issued" => "The certificate was issued.",
        "renewed" => "The certificate was issued in the place of the old one.",
        "superseded" => "The certificate was issued in the place of the old one, which is revoked.",
        "revoked" => "The certificate is revoked. Responders know within a second; CRLs know when the next one is made.",
        "suspended" => "The certificate is suspended.",
        "resumed" => "The certificate is valid again.",
        "watched" => "The watcher was added.",
        "unwatched" => "The watcher was removed.",
        _ => null,
    };

    /// <summary>The address of this certificate, or of something below it.</summary>
    public string At(string? below = null, string? done = null) => AddressOf(Certificate, below, done);

    /// <summary>The address of a certificate.</summary>
    public static string AddressOf(CaCertificate certificate, string? below = null, string? done = null) =>
        $"/certificate/{Show.Plain(certificate.SerialNumber)}{(below is null ? string.Empty : "/" + below)}?authority={Uri.EscapeDataString(certificate.Authority)}{(done is null ? string.Empty : "&done=" + done)}";

    /// <summary>Shows it.</summary>
    public void OnGet() => Load();

    /// <summary>Revokes it for good.</summary>
    [Requires(WebPermission.Revoke)]
    public IActionResult OnPostRevoke(RevocationReason? reason, string? invalidityDate) => Act("revoked", certificate =>
    {
        if (reason is not { } given || !Reasons.Contains(given))
            Complain("Choose a reason.");
        else if (!TryReadDay(invalidityDate, out DateTime? since))
            Complain("The date since when it is not to be trusted is written as 2026-12-31.");
        else
            Engine.Revocations.Revoke(certificate, given, since);
    });

    /// <summary>Suspends it.</summary>
    [Requires(WebPermission.Revoke)]
    public IActionResult OnPostSuspend() => Act("suspended", certificate => Engine.Revocations.Revoke(certificate, RevocationReason.CertificateHold, null));

    /// <summary>Makes a suspended one valid again.</summary>
    [Requires(WebPermission.Revoke)]
    public IActionResult OnPostResume() => Act("resumed", certificate => Engine.Revocations.Resume(certificate));

    /// <summary>Adds a watcher.</summary>
    [Requires(WebPermission.Issue)]
    public IActionResult OnPostWatch(string? watcher) => Act("watched", certificate => Engine.Watchers.Add(certificate, [MailAddress.Parse(watcher ?? string.Empty)]));

    /// <summary>Removes a watcher.</summary>
    [Requires(WebPermission.Issue)]
    public IActionResult OnPostUnwatch(string? watcher) => Act("unwatched", certificate => Engine.Watchers.Remove(certificate, MailAddress.Parse(watcher ?? string.Empty)));

    private IActionResult Act(string done, Action<CaCertificate> act)
    {
        Load();
        if (Try(() => act(Certificate)) && ModelState.IsValid)
            return Redirect(At(done: done));
        Load();
        return Page();
    }

    private void Load()
    {
        Certificate = Engine.Certificates.Get(string.IsNullOrEmpty(AuthorityName) ? new CertificateIdentity(Serial) : Named(Serial, AuthorityName));
        Chain = Engine.Authorities.GetChain(Certificate.Authority);
        Watchers = Engine.Watchers.Get(Certificate);
    }

    /// <summary>The certificate of that number and authority; a number that is none names nothing.</summary>
    internal static CertificateIdentity Named(string serial, string authority) =>
        serial.Length is > 0 and <= 64 && serial.All(char.IsAsciiHexDigit) ? new CertificateIdentity(serial, authority, keyPath: null) : new CertificateIdentity(serial);
}

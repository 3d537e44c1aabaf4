using System.Collections.Generic;
using Microsoft.AspNetCore.Mvc;
using PSCertAuthority.Audit;
using PSCertAuthority.Server.Web.Safety;
using PSCertAuthority.Web;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>Who changed what, newest first.</summary>
[Requires(WebPermission.Administer)]
internal sealed class AuditModel(CaEngine engine) : CaPage(engine)
{
    private const int PageSize = 100;

    /// <summary>Only this act.</summary>
    [BindProperty(SupportsGet = true, Name = "act")]
    public AuditAct? Act { get; set; }

    /// <summary>Only what this user of the web interface asked for.</summary>
    [BindProperty(SupportsGet = true, Name = "user")]
    public string? WebUser { get; set; }

    /// <summary>Only on objects that fit.</summary>
    [BindProperty(SupportsGet = true, Name = "target")]
    public string? Target { get; set; }

    /// <summary>Only those with a lower number.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    /// <summary>The records.</summary>
    public IReadOnlyList<CaAuditRecord> Records { get; private set; } = [];

    /// <summary>The number to go on with; null after the last.</summary>
    public long? Next => Records.Count == PageSize ? Records[^1].Number : null;

    /// <summary>Reads them.</summary>
    public void OnGet() => Records = Engine.Audit.Newest(
        new AuditFilter
        {
            Act = Act is { } act ? [act] : [],
            WebUser = string.IsNullOrWhiteSpace(WebUser) ? null : WebUser.Trim(),
            Target = string.IsNullOrWhiteSpace(Target) ? null : $"*{Target.Trim()}*",
        }, Before, PageSize, HttpContext.RequestAborted);
}

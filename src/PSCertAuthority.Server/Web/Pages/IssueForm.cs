using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>What the form says that issues a certificate.</summary>
internal sealed class IssueForm
{
    /// <summary>The name of the authority.</summary>
    public string? Authority { get; set; }

    /// <summary>The name of the profile.</summary>
    public string? Profile { get; set; }

    /// <summary>The subject in OpenSSL's style.</summary>
    public string? Subject { get; set; }

    /// <summary>The alternative names, a line each.</summary>
    public string? Names { get; set; }

    /// <summary>The last day, as 2027-12-31; empty for as long as the profile says.</summary>
    public string? NotAfter { get; set; }

    /// <summary>Who is told before the end, a line each.</summary>
    public string? Watchers { get; set; }

    /// <summary>A form filled with what a request asks for, to be looked at.</summary>
    public static IssueForm Of(CaCertificateRequest request, IReadOnlyList<CaAuthority> issuers, string? profile) => new()
    {
        // A root is the last choice: it should certify authorities alone.
        Authority = (issuers.FirstOrDefault(issuer => issuer.Parent is not null) ?? (issuers.Count > 0 ? issuers[0] : null))?.Name,
        Profile = profile,
        Subject = request.Subject.ToString(),
        Names = string.Join("\n", request.SubjectAlternativeName.Select(name => name.ToString())),
    };
}

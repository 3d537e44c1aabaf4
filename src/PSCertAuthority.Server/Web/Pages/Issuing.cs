using System;
using System.Linq;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>What the pages that issue have in common.</summary>
internal static class Issuing
{
    /// <summary>Reads a pasted request: PEM, or the base64 of DER as the script takes it from a file.</summary>
    /// <exception cref="CaException">It is none, or must be refused.</exception>
    public static CaCertificateRequest ReadRequest(string? text)
    {
        string pasted = (text ?? string.Empty).Trim();
        byte[] octets = pasted.Length > 0 && !pasted.Contains("-----", StringComparison.Ordinal) && TryDecode(pasted) is { } der ? der : Encoding.UTF8.GetBytes(pasted);
        return CertificateRequestReader.Read(octets, "what was sent");
    }

    /// <summary>Why an authority can issue nothing here; null for one that can.</summary>
    public static string? WhyNot(CaAuthority authority) => authority.Status switch
    {
        AuthorityStatus.Revoked => "it is revoked",
        AuthorityStatus.Expired => "its certificate has ended",
        AuthorityStatus.NotYetValid => "its certificate is not valid yet",
        AuthorityStatus.Pending => "it awaits its certificate",
        AuthorityStatus.Disabled => "it is disabled",
        AuthorityStatus.Replaced => $"'{authority.ReplacedBy}' took its place",
        _ => authority.HasPrivateKey ? null : "its private key is not on this host",
    };

    /// <summary>The last second of a day; null for none.</summary>
    public static DateTime? EndOf(DateTime? day) => day?.AddDays(1).AddSeconds(-1);

    /// <summary>Issues one certificate.</summary>
    /// <exception cref="CaException">It cannot be issued; nothing has changed.</exception>
    public static CaCertificate Issue(CaEngine engine, CertificateIssueRequest request)
    {
        using IssuancePipeline pipeline = engine.BeginIssuance();
        pipeline.Submit(request);
        IssueOutcome outcome = pipeline.Complete().Single();
        return outcome.Certificate ?? throw outcome.Error!;
    }

    private static byte[]? TryDecode(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out int length) ? octets[..length] : null;
    }
}

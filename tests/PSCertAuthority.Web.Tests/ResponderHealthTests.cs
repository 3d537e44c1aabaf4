using System;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>What the overview says of the certificate that an authority's OCSP responder signs with.</summary>
public sealed class ResponderHealthTests : IDisposable
{
    // A fixture of its own: what is shown depends on all that an authority issued.
    private readonly WebFixture _web = new();

    [Fact]
    public void It_says_when_the_newest_one_ends_and_warns_when_it_needs_another()
    {
        using Visitor visitor = _web.Visit("viewer");
        Assert.Equal(["none", "none"], Responders(visitor));
        _web.Engine.Authorities.Set("Issuing", new AuthorityUrls { Ocsp = ["http://ocsp.example.com/"] }, enabled: null);
        Assert.Equal(["! none", "none"], Responders(visitor));
        Issue(TimeSpan.FromDays(5.5));
        Assert.Equal(["ends in 5 days", "none"], Responders(visitor));
        Assert.DoesNotContain("Start-CaOcspResponder", visitor.Get("").Body);
        CaCertificate hurried = Issue(TimeSpan.FromHours(5.5));
        Assert.Equal(["! ends in 5 hours", "none"], Responders(visitor));
        Assert.Contains("Start-CaOcspResponder", visitor.Get("").Body);
        _web.Engine.Revocations.Revoke(hurried, Revocation.RevocationReason.Superseded, null);
        Assert.Equal(["ends in 5 days", "none"], Responders(visitor));
    }

    private CaCertificate Issue(TimeSpan life)
    {
        IssueOutcome outcome = _web.Store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Issuing",
            Request = _web.Store.Csr("/CN=ignored"),
            Subject = DistinguishedName.Parse("/CN=Responder"),
            Profile = "ocsp",
            NotAfter = DateTime.UtcNow + life,
        });
        return outcome.Certificate ?? throw outcome.Error!;
    }

    /// <summary>The last column of the authorities, with a mark where it is a warning.</summary>
    private static string[] Responders(Visitor visitor)
    {
        string page = visitor.Get("").Body;
        string table = page[page.IndexOf("Responder certificate</th>", StringComparison.Ordinal)..page.IndexOf("</table>", page.IndexOf("Responder certificate</th>", StringComparison.Ordinal), StringComparison.Ordinal)];
        return [.. table.Split("</tr>")[1..^1].Select(row => row[(row.LastIndexOf("<span", StringComparison.Ordinal) + 5)..row.LastIndexOf("</span>", StringComparison.Ordinal)])
            .Select(cell => (cell.Contains("status expired", StringComparison.Ordinal) ? "! " : string.Empty) + cell[(cell.IndexOf('>') + 1)..])];
    }

    public void Dispose() => _web.Dispose();
}

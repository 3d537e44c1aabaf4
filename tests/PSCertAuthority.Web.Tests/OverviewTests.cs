using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Server.Tests;
using PSCertAuthority.Server.Web.Hosting;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>What the front page says of days gone by, and of a store with nothing in it.</summary>
public sealed class OverviewTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow.AddDays(-9));
    private readonly TestStore _store;

    public OverviewTests()
    {
        _store = new TestStore(_clock);
        _store.Engine.WebUsers.Create("administrator", WebRole.Administrator, WebFixture.Secret(WebFixture.Password));
    }

    [Fact]
    public async Task Lists_tell_when_certificates_were_issued_and_when_they_were_revoked_or_suspended()
    {
        _store.Root();
        CaCertificate lost = _store.Issue("/CN=lost.example.com", "Root"), held = _store.Issue("/CN=held.example.com", "Root");
        string issued = Day;
        _clock.Advance(TimeSpan.FromDays(2));
        _store.Engine.Revocations.Revoke(lost, RevocationReason.KeyCompromise, null);
        _store.Engine.Revocations.Revoke(held, RevocationReason.CertificateHold, null);
        string page = await ReadAsync("");
        string issuedLately = Section(page, "issued"), revokedLately = Section(page, "revoked");
        Assert.Equal((3, 1), (issuedLately.Split(issued + " ").Length, issuedLately.Split(">Suspended<").Length - 1));
        Assert.DoesNotContain(Day, issuedLately);
        Assert.Equal((3, 1), (revokedLately.Split(Day + " ").Length, revokedLately.Split(">Suspended<").Length - 1));
    }

    [Fact]
    public async Task Without_an_authority_it_says_what_to_do()
    {
        string page = await ReadAsync("issue");
        Assert.Contains("There is no authority yet", page);
        Assert.DoesNotContain("The reasons:", page);
    }

    private string Day => _clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Section(string page, string heading)
    {
        int start = page.IndexOf($"aria-labelledby=\"{heading}\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    private async Task<string> ReadAsync(string path)
    {
        WebOptions options = WebOptionsParser.Parse(["--store", _store.StorePath, "--listen", "127.0.0.1:0", "--no-tls", "--pipe"]);
        await using var server = new PipedServer(new WebHost(new WebInterfaceOptions { Program = "none" }, null), channel => new WebServer(options, channel, new WebSecrets()).RunAsync());
        using Visitor visitor = new(await server.ReadyAsync());
        visitor.SignIn("administrator", WebFixture.Password);
        return visitor.Get(path).Body;
    }

    public void Dispose() => _store.Dispose();
}

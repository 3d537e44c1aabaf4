using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Ocsp;
using PSCertAuthority.Authorities;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Hosting;
using PSCertAuthority.Tests;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>How long a responder goes on with what it knows while its store is away: as long as that is valid, and no longer. The clock is set.</summary>
public sealed class StaleKnowledgeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;
    private readonly CaAuthority _root;
    private readonly HttpClient _client = new();

    public StaleKnowledgeTests()
    {
        _store = new TestStore(_clock);
        _root = _store.Root(pathLength: 0);
        File.WriteAllText(_store.File("root.pem"), _root.ToPem());
    }

    [JudgedFact("openssl")]
    public async Task It_answers_within_the_validity_of_what_it_knows_and_then_says_tryLater()
    {
        File.WriteAllText(_store.File("a.pem"), _store.Issue("/CN=a.example.com").ToPem());
        byte[] known = Request("-cert", _store.File("a.pem")), unknown = Request("-serial", "0x1234");
        await using PipedServer server = Start();
        Uri url = await server.ReadyAsync(() => _clock.Advance(TimeSpan.FromMilliseconds(100)));
        Assert.Equal(CertificateStatus.Good, (await AskAsync(url, known))!.GetCertStatus());
        Assert.IsType<UnknownStatus>((await AskAsync(url, unknown))!.GetCertStatus());

        File.Move(_store.StorePath, _store.File("away.db"));
        Assert.True(await PollAsync(async () => (await HealthAsync(url)).Text.Contains("StoreMissing")));
        DateTime lost = _clock.GetUtcNow().UtcDateTime;
        // What is not known may have been issued meanwhile, so that it soon cannot be told.
        _clock.AdjustTime(lost + TimeSpan.FromMinutes(2));
        Assert.Null(await AskAsync(url, unknown));
        foreach (double minutes in new[] { 2, 5.5, 9, 9.9 })
        {
            _clock.AdjustTime(lost + TimeSpan.FromMinutes(minutes));
            SingleResp answer = (await AskAsync(url, known))!;
            Assert.InRange(answer.NextUpdate!.Value, _clock.GetUtcNow().UtcDateTime, lost + TimeSpan.FromMinutes(10.1));
            Assert.True(answer.ThisUpdate <= lost);
            Assert.Equal(HttpStatusCode.OK, (await HealthAsync(url)).Status);
        }

        _clock.AdjustTime(lost + TimeSpan.FromMinutes(10.1));
        Assert.Null(await AskAsync(url, known));
        (HttpStatusCode status, string text) = await HealthAsync(url);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("no longer valid", text);

        File.Move(_store.File("away.db"), _store.StorePath);
        Assert.True(await PollAsync(async () => await AskAsync(url, known) is not null));
        Assert.Equal(HttpStatusCode.OK, (await HealthAsync(url)).Status);
    }

    private byte[] Request(params string[] certificate)
    {
        Tool.Succeed("openssl", ["ocsp", "-issuer", _store.File("root.pem"), .. certificate, "-no_nonce", "-reqout", _store.File("x.req")]);
        return File.ReadAllBytes(_store.File("x.req"));
    }

    private PipedServer Start()
    {
        var host = new ResponderHost(new OcspResponderOptions { Program = "none", Authorities = ["Root"] });
        var options = new ServerOptions { StorePath = _store.StorePath, Listen = new IPEndPoint(IPAddress.Loopback, 0), UsesPipe = true, UsesAuthorityKeys = true };
        return new PipedServer(host, channel => new ResponderServer(options, channel, new ResponderSecrets(), _clock).RunAsync());
    }

    /// <summary>Null where it says tryLater.</summary>
    private async Task<SingleResp?> AskAsync(Uri url, byte[] request)
    {
        using HttpResponseMessage response = await _client.PostAsync(new Uri(url, "ocsp/"), new ByteArrayContent(request));
        return ((BasicOcspResp?)new OcspResp(await response.Content.ReadAsByteArrayAsync()).GetResponseObject())?.Responses.Single();
    }

    private async Task<(HttpStatusCode Status, string Text)> HealthAsync(Uri url)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(url, "health/ready"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<bool> PollAsync(Func<Task<bool>> condition)
    {
        DateTime until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            if (await condition())
                return true;
            await Task.Delay(20);
        }

        return false;
    }

    public void Dispose()
    {
        _client.Dispose();
        _store.Dispose();
    }
}

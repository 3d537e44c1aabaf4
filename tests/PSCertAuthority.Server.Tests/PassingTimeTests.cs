using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Hosting;
using PSCertAuthority.Tests;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>What only shows as time goes by: keys that are replaced, and answers that nobody may keep beyond their nextUpdate. The server runs here, with a clock that is set.</summary>
public sealed class PassingTimeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;
    private readonly CaAuthority _root;
    private readonly byte[] _request;
    private readonly HttpClient _client = new();

    public PassingTimeTests()
    {
        _store = new TestStore(_clock);
        _root = _store.Root(pathLength: 0);
        File.WriteAllText(_store.File("root.pem"), _root.ToPem());
        File.WriteAllText(_store.File("a.pem"), _store.Issue("/CN=a.example.com").ToPem());
        Tool.Succeed("openssl", "ocsp", "-issuer", _store.File("root.pem"), "-cert", _store.File("a.pem"), "-no_nonce", "-reqout", _store.File("a.req"));
        _request = File.ReadAllBytes(_store.File("a.req"));
    }

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    [JudgedTheory("openssl")]
    [InlineData("session")]
    [InlineData("server")]
    public async Task The_responder_key_is_certified_by_the_authority_and_replaced_before_its_end(string keysAre)
    {
        await using PipedServer server = Start(usesAuthorityKeys: keysAre == "server");
        Uri url = await server.ReadyAsync(Pass);
        X509Certificate first = SignerOf((await AskAsync(url))!);
        first.Verify(new X509CertificateParser().ReadCertificate(_root.ToDer()).GetPublicKey());
        Assert.Equal([KeyPurposeID.id_kp_OCSPSigning], first.GetExtendedKeyUsage());
        Assert.NotNull(first.GetExtensionValue(OcspObjectIdentifiers.PkixOcspNocheck));
        DateTime due = first.NotBefore + ((first.NotAfter - first.NotBefore) / 3 * 2);

        // An hour before, as the server does not look at the very moment at which the clock is set.
        _clock.AdjustTime(due - TimeSpan.FromHours(1));
        X509Certificate second = first;
        DateTime until = DateTime.UtcNow + Patience;
        while (second.Equals(first) && DateTime.UtcNow < until)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            // A key takes its time to be made: were it made too early, it would be here before the hour is over.
            await Task.Delay(5);
            // While the index is read again, it asks to try later.
            if (await AskAsync(url) is { } response)
                second = SignerOf(response);
        }

        Assert.InRange(Now - due, TimeSpan.Zero, TimeSpan.FromDays(2));
        Assert.InRange(second.NotAfter - second.NotBefore, TimeSpan.FromDays(7), TimeSpan.FromDays(7.1));
    }

    [JudgedFact("openssl")]
    public async Task Nobody_is_told_to_keep_an_answer_beyond_its_nextUpdate()
    {
        await using PipedServer server = Start(usesAuthorityKeys: true);
        Uri url = await server.ReadyAsync(Pass);
        var ocsp = new Uri(url, "ocsp/" + Uri.EscapeDataString(Convert.ToBase64String(_request)));
        var crl = new Uri(url, $"crl/{_root.SerialNumber.Replace(":", "")}/");
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(25); passed += TimeSpan.FromSeconds(70))
        {
            await AssertKeptAsync(ocsp, content => ((BasicOcspResp)new OcspResp(content).GetResponseObject()).Responses.Single() is var one ? (one.ThisUpdate, one.NextUpdate!.Value) : default);
            await AssertKeptAsync(crl, content => new X509CrlParser().ReadCrl(content) is var one ? (one.ThisUpdate, one.NextUpdate!.Value) : default);
            await AssertKeptAsync(new Uri(crl, "?format=pem"), content => new X509CrlParser().ReadCrl(content) is var one ? (one.ThisUpdate, one.NextUpdate!.Value) : default);
            _clock.Advance(TimeSpan.FromSeconds(70));
            await FreshAsync(url);
        }
    }

    [JudgedFact("openssl")]
    public async Task No_answer_holds_longer_than_the_certificate_of_its_signer()
    {
        await using PipedServer server = Start(usesAuthorityKeys: true, validity: TimeSpan.FromDays(30));
        Uri url = await server.ReadyAsync(Pass);
        BasicOcspResp posted = (await AskAsync(url))!;
        DateTime end = SignerOf(posted).NotAfter.ToUniversalTime();
        Assert.Equal(end, posted.Responses.Single().NextUpdate);
        using HttpResponseMessage got = await _client.GetAsync(new Uri(url, "ocsp/" + Uri.EscapeDataString(Convert.ToBase64String(_request))));
        Assert.Equal(end, got.Content.Headers.Expires!.Value.UtcDateTime);
        Assert.InRange(got.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromDays(6), end - Now);
    }

    private PipedServer Start(bool usesAuthorityKeys, TimeSpan? validity = null)
    {
        var host = new ResponderHost(new OcspResponderOptions { Program = "none", Authorities = ["Root"] });
        host.Prepare(_store.Engine, _clock, [_root]);
        var options = new ServerOptions { StorePath = _store.StorePath, Listen = new IPEndPoint(IPAddress.Loopback, 0), UsesPipe = true, UsesAuthorityKeys = usesAuthorityKeys, Validity = validity ?? TimeSpan.FromMinutes(10) };
        return new PipedServer(host, channel => new ResponderServer(options, channel, new ResponderSecrets(), _clock).RunAsync());
    }

    private void Pass() => _clock.Advance(TimeSpan.FromMilliseconds(100));

    /// <summary>The clock has been set, and the server looks at the store every 200 ms of our own time: with older knowledge it asks to try later.</summary>
    private async Task FreshAsync(Uri url)
    {
        DateTime until = DateTime.UtcNow + Patience;
        while (await AskAsync(url) is null && DateTime.UtcNow < until)
            await Task.Delay(20);
    }

    /// <summary>Null where there is no answer now.</summary>
    private async Task<BasicOcspResp?> AskAsync(Uri url)
    {
        using HttpResponseMessage response = await _client.PostAsync(new Uri(url, "ocsp/"), new ByteArrayContent(_request));
        return (BasicOcspResp?)new OcspResp(await response.Content.ReadAsByteArrayAsync()).GetResponseObject();
    }

    private X509Certificate SignerOf(BasicOcspResp response)
    {
        X509Certificate signer = response.GetCerts().Single();
        Assert.True(response.Verify(signer.GetPublicKey()));
        Assert.True(signer.IsValid(Now));
        return signer;
    }

    private async Task AssertKeptAsync(Uri address, Func<byte[], (DateTime ThisUpdate, DateTime NextUpdate)> read)
    {
        using HttpResponseMessage response = await _client.GetAsync(address);
        (DateTime thisUpdate, DateTime nextUpdate) = read(await response.Content.ReadAsByteArrayAsync());
        Assert.InRange(nextUpdate - Now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.FromMinutes(10), nextUpdate - thisUpdate);
        Assert.InRange(response.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromSeconds(1), nextUpdate - Now);
        Assert.Equal((thisUpdate, nextUpdate), (response.Content.Headers.LastModified!.Value.UtcDateTime, response.Content.Headers.Expires!.Value.UtcDateTime));
    }

    public void Dispose()
    {
        _client.Dispose();
        _store.Dispose();
    }
}

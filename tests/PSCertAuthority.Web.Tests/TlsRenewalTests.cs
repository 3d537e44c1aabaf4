using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Server.Tests;
using PSCertAuthority.Server.Web.Hosting;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>The certificate that an own authority makes for the web server, over its life: the session's end of the pipe and the server's, with a clock that is set.</summary>
public sealed class TlsRenewalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public TlsRenewalTests()
    {
        _store = new TestStore(_clock);
        _store.Root();
        _store.Issuing();
    }

    [Fact]
    public async Task After_two_thirds_of_its_life_clients_are_shown_a_new_one_without_a_restart()
    {
        var host = new WebHost(new WebInterfaceOptions { Program = "none" }, new TlsIssuer(_store.Engine, _clock, new AuthorityIdentity("Issuing"), null, ["localhost"]));
        var options = new WebOptions { StorePath = _store.StorePath, Listen = new IPEndPoint(IPAddress.Loopback, 0), TlsFromPipe = true, UsesPipe = true };
        await using var server = new PipedServer(host, channel => new WebServer(options, channel, new WebSecrets(), _clock).RunAsync());
        Uri url = await server.ReadyAsync();

        using SslStream kept = Connect(url);
        CaCertificate first = IssuedTo(kept);
        DateTime due = first.NotBefore + ((first.NotAfter - first.NotBefore) / 3 * 2);
        // An hour before, as the server does not look at the very moment at which the clock is set.
        _clock.Advance(due.ToUniversalTime() - _clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1));
        Assert.True(SpinWait.SpinUntil(() => NextIs(url, first), Patience));

        CaCertificate second = Shown(url);
        Assert.InRange(_clock.GetUtcNow().UtcDateTime - due.ToUniversalTime(), TimeSpan.Zero, TimeSpan.FromDays(2));
        Assert.InRange(second.NotAfter - second.NotBefore, TimeSpan.FromDays(7), TimeSpan.FromDays(7.1));
        Assert.NotEqual(first.PublicKeyPin, second.PublicKeyPin);
        // One was made for one end, and who was connected before stays so.
        Assert.Equal(2, _store.Engine.Certificates.List(new CertificateFilter()).Count());
        Assert.StartsWith("HTTP/1.1 200", Ask(kept), StringComparison.Ordinal);
    }

    /// <summary>Half a minute passes, which is how often the server looks.</summary>
    private bool NextIs(Uri url, CaCertificate before)
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        return Shown(url).SerialNumber != before.SerialNumber;
    }

    private CaCertificate Shown(Uri url)
    {
        using SslStream stream = Connect(url);
        return IssuedTo(stream);
    }

    /// <summary>The certificate in the store that the server showed.</summary>
    private CaCertificate IssuedTo(SslStream stream)
    {
        using var shown = new X509Certificate2(stream.RemoteCertificate!);
        CaCertificate found = _store.Engine.Certificates.Get(shown.SerialNumber);
        Assert.Equal(shown.RawData, found.ToDer());
        return found;
    }

    private SslStream Connect(Uri url)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, url.Port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = _clock.GetLocalNow().DateTime };
        policy.CustomTrustStore.Add(_store.Engine.Authorities.Get("Root").ToX509Certificate2());
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy });
        return stream;
    }

    private static string Ask(SslStream stream)
    {
        stream.Write(Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadLine() ?? string.Empty;
    }

    public void Dispose() => _store.Dispose();
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;
using PSCertAuthority.Benchmarks.Ocsp;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Benchmarks.Soak;

/// <summary>
/// The real responder for as long as one likes: good questions, nonces, hostile ones, idle, slow and half-closed connections and CRLs, while this
/// process, which is not the responder's, issues and revokes. At the end: up, as large as before, no answer wrong, no revocation late.
/// </summary>
internal sealed class OcspSoak : IDisposable
{
    private const double LatestMilliseconds = 1000;
    private const double LargestGrowth = 1.25;

    private readonly string _folder = Directory.CreateTempSubdirectory("psca-soak-").FullName;
    private readonly SoakTally _tally = new();
    private readonly CaEngine _engine;
    private readonly ServedProgram _served;
    private readonly SoakClient _client;
    private readonly RequestWriter _requests;
    private readonly HostileRequests _hostile;
    private readonly IReadOnlyList<string> _serials;
    private readonly string _crlPath;

    private OcspSoak()
    {
        FilledStore store = FilledStore.Open(KeyType.EC, 100_000);
        _serials = store.Serials;
        _engine = new CaEngine(store.CopyTo(_folder));
        _served = ServedProgram.Ours(_engine.StorePath);
        _client = new SoakClient(_served.Url, _tally);
        _requests = new RequestWriter(store.RootPath);
        // Any other certificate does as an issuer that is not served.
        _hostile = new HostileRequests(_requests, new RequestWriter(store.ResponderPath), _serials);
        _crlPath = $"/crl/{_engine.Authorities.Get("Root").SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal)}/";
    }

    /// <returns>0 where all was well, else 1.</returns>
    public static int Run(TimeSpan during, TextWriter output)
    {
        using var soak = new OcspSoak();
        soak.RunAsync(during).GetAwaiter().GetResult();
        output.WriteLine($"{during.TotalMinutes:N0} minutes");
        soak._tally.Write(output);
        return soak._tally.Faults == 0 ? 0 : 1;
    }

    private async Task RunAsync(TimeSpan during)
    {
        using var stop = new CancellationTokenSource(during);
        await Task.WhenAll(
            Repeat(5, AskAsync, stop.Token), Repeat(8, AskWithNonceAsync, stop.Token), Repeat(100, AttackAsync, stop.Token), Repeat(1000, TakeCrlAsync, stop.Token),
            Repeat(250, WanderAsync, stop.Token), Repeat(5000, HoldConnectionsAsync, stop.Token), Repeat(5000, RevokeAsync, stop.Token),
            Repeat(5000, _ => { _tally.Sample(_served.Resident); return Task.CompletedTask; }, stop.Token));
        if (_served.Resident == 0)
            _tally.Fault("the responder is gone");
        if (_tally.Resident(0.5, 1) > LargestGrowth * _tally.Resident(0.1, 0.5))
            _tally.Fault("the responder has grown");
        foreach (string act in new[] { "revoked until OCSP said so", "revoked until the CRL said so", "issued until OCSP said so" })
        {
            if (_tally.Longest(act) > LatestMilliseconds)
                _tally.Fault($"{act}: {_tally.Longest(act):N0} ms");
        }
    }

    private async Task Repeat(int pause, Func<CancellationToken, Task> act, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await act(stop);
                await Task.Delay(pause, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is, it is what a soak looks for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _tally.Fault($"{act.Method.Name}: {e.GetType().Name}: {e.Message}");
            }
        }
    }

    private async Task AskAsync(CancellationToken stop)
    {
        int at = RandomNumberGenerator.GetInt32(_serials.Count);
        byte[] request = _requests.Write([_serials[at]], []);
        byte[] content = at % 2 == 0
            ? (await _client.PostAsync("POST", request, stop)).Content
            : (await _client.GetAsync("GET", "/ocsp/" + Uri.EscapeDataString(Convert.ToBase64String(request)), stop)).Content;
        Check(content, _serials[at], [], Known(at));
    }

    private async Task AskWithNonceAsync(CancellationToken stop)
    {
        int at = RandomNumberGenerator.GetInt32(_serials.Count);
        byte[] nonce = RandomNumberGenerator.GetBytes(RequestWriter.NonceLength);
        Check((await _client.PostAsync("POST with a nonce", _requests.Write([_serials[at]], nonce), stop)).Content, _serials[at], nonce, Known(at));
        string unknown = "41" + Convert.ToHexString(RandomNumberGenerator.GetBytes(19));
        Check((await _client.PostAsync("POST of an unknown number", _requests.Write([unknown], []), stop)).Content, unknown, [], "unknown");
    }

    /// <summary>Ten thousand were filled in at a time, each fiftieth revoked; a hundred of each lot are asked about.</summary>
    private static string Known(int at) => at % 100 % 50 == 0 ? "revoked" : "good";

    private void Check(byte[] content, string serial, byte[] nonce, string wanted)
    {
        string said = SoakClient.Read(content, serial, nonce, verifies: RandomNumberGenerator.GetInt32(20) == 0);
        if (said != wanted)
            _tally.Fault($"{serial} is {said}, not {wanted}");
    }

    private async Task AttackAsync(CancellationToken stop)
    {
        foreach ((string kind, byte[] body, int wanted) in _hostile.OneOfEach())
        {
            try
            {
                (int status, _) = await _client.PostAsync("hostile: " + kind, body, stop);
                if (status != wanted)
                    _tally.Fault($"{kind}: {status}, not {wanted}");
            }
            catch (HttpRequestException) when (wanted > 400)
            {
                // Cut off while it was still sending.
                _tally.Did("hostile: cut off", 0);
            }
        }
    }

    private async Task WanderAsync(CancellationToken stop)
    {
        foreach (string path in new[] { "/ocsp/nonsense!", "/ocsp/..%2f..%2fetc%2fpasswd", "/crl/../../etc/passwd", "/etc/passwd", "/issuer/%2e%2e/", "/ocsp/" + new string('A', 9000) })
        {
            (int status, byte[] content) = await _client.GetAsync("hostile: paths", path, stop);
            if (status == 0 && new Org.BouncyCastle.Ocsp.OcspResp(content).Status != 1)
                _tally.Fault($"{path[..20]}: answered");
        }
    }

    private async Task TakeCrlAsync(CancellationToken stop)
    {
        (int status, byte[] content) = await _client.GetAsync("CRL", _crlPath, stop);
        if (status != 0 || new X509Crl(content).NextUpdate < DateTime.UtcNow)
            _tally.Fault($"CRL: {status}");
    }

    /// <summary>A few hundred connections that say nothing, stop in the middle, or close one half; held for a while.</summary>
    private async Task HoldConnectionsAsync(CancellationToken stop)
    {
        var sockets = new List<Socket>();
        try
        {
            for (int i = 0; i < 300; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, _served.Url.Port, stop);
                if (i % 3 == 1)
                    await socket.SendAsync("POST /ocsp/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"u8.ToArray(), stop);
                else if (i % 3 == 2)
                    socket.Shutdown(SocketShutdown.Send);
            }

            _tally.Did("300 idle, slow and half-closed connections", 0);
            await Task.Delay(7000, stop);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private async Task RevokeAsync(CancellationToken stop)
    {
        CaCertificate certificate = Issue();
        string serial = certificate.SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal);
        byte[] request = _requests.Write([serial], []);
        async Task<bool> Says(string wanted) => SoakClient.Read((await _client.PostAsync("POST until it is so", request, stop)).Content, serial, [], verifies: false) == wanted;
        await Until("issued until OCSP said so", () => Says("good"), stop);
        _engine.Revocations.Revoke(certificate, RevocationReason.KeyCompromise, null);
        var number = new BigInteger(serial, 16);
        Task crl = Until("revoked until the CRL said so", async () => new X509Crl((await _client.GetAsync("CRL", _crlPath, stop)).Content).GetRevokedCertificate(number) is not null, stop);
        await Until("revoked until OCSP said so", () => Says("revoked"), stop);
        await crl;
        if (!await Says("revoked"))
            _tally.Fault($"{serial} is no longer revoked");
    }

    private async Task Until(string act, Func<Task<bool>> isSo, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await isSo())
            await Task.Delay(10, stop);
        _tally.Did(act, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private CaCertificate Issue()
    {
        using IssuancePipeline pipeline = _engine.BeginIssuance();
        pipeline.Submit(new CertificateIssueRequest
        {
            Authority = "Root", GenerateKey = KeySpecification.Create(KeyType.EC), KeyPath = Path.Combine(_folder, Guid.NewGuid() + ".key"),
            Subject = DistinguishedName.Parse("/CN=soak.example.com"),
        });
        IssueOutcome outcome = pipeline.Complete().Single();
        return outcome.Certificate ?? throw outcome.Error!;
    }

    public void Dispose()
    {
        _client.Dispose();
        _served.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

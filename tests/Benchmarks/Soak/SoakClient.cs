using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;

namespace PSCertAuthority.Benchmarks.Soak;

/// <summary>Asks the responder as a client would, by BouncyCastle's reading of what comes.</summary>
internal sealed class SoakClient(Uri ocsp, SoakTally tally) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Posts octets; the HTTP status where that is an error, else the status of the response.</summary>
    public async Task<(int Status, byte[] Content)> PostAsync(string act, byte[] request, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await _client.PostAsync(ocsp, new ByteArrayContent(request), stop);
        byte[] content = await response.Content.ReadAsByteArrayAsync(stop);
        tally.Did(act, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return response.IsSuccessStatusCode ? (new OcspResp(content).Status, content) : ((int)response.StatusCode, content);
    }

    /// <summary>The same by GET.</summary>
    public async Task<(int Status, byte[] Content)> GetAsync(string act, string path, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await _client.GetAsync(new Uri(ocsp, path), stop);
        byte[] content = await response.Content.ReadAsByteArrayAsync(stop);
        tally.Did(act, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return (response.IsSuccessStatusCode ? 0 : (int)response.StatusCode, content);
    }

    /// <summary>What a response says of its one certificate: good, revoked or unknown; or why it cannot be relied on.</summary>
    public static string Read(byte[] content, string serial, byte[] nonce, bool verifies)
    {
        var basic = (BasicOcspResp)new OcspResp(content).GetResponseObject();
        SingleResp single = basic.Responses.Single();
        if (!single.GetCertID().SerialNumber.ToString(16).Equals(serial.TrimStart('0'), StringComparison.OrdinalIgnoreCase))
            return "about another certificate";
        if (nonce.Length > 0 && basic.ResponseExtensions?.GetExtension(Org.BouncyCastle.Asn1.Ocsp.OcspObjectIdentifiers.PkixOcspNonce)?.Value.GetOctets().AsSpan(2).SequenceEqual(nonce) != true)
            return "with another nonce";
        if (single.NextUpdate < DateTime.UtcNow)
            return "out of date";
        X509Certificate signer = basic.GetCerts()[0];
        if (verifies && !basic.Verify(signer.GetPublicKey()))
            return "with a wrong signature";
        return single.GetCertStatus() switch { null => "good", RevokedStatus => "revoked", _ => "unknown" };
    }

    public void Dispose() => _client.Dispose();
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>Whatever is sent gets the right error, costs little, and keeps nobody else from an answer.</summary>
public sealed class HostileTests(ResponderFixture responder) : IClassFixture<ResponderFixture>
{
    private const int Malformed = 1;
    private const int Unauthorized = 6;

    [Fact]
    public void Broken_requests_are_malformed()
    {
        byte[] good = responder.Request("good", "-no_nonce");
        var requests = new Dictionary<string, byte[]>
        {
            ["nothing"] = [],
            ["one octet"] = [0x30],
            ["huge length"] = [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x30],
            ["indefinite length"] = [0x30, 0x80, 0x00, 0x00],
            ["something behind"] = [.. good, 0],
            ["deep nesting"] = [.. Enumerable.Range(0, 4000).SelectMany(i => new byte[] { 0x30, 0x83, 0, (byte)((16000 - 4 * i) >> 8), (byte)(16000 - 4 * i) }).Take(15000)],
            ["text"] = Encoding.ASCII.GetBytes("GET / HTTP/1.1"),
            ["nonce of 0 octets"] = WithNonce(good, 0),
            ["nonce of 129 octets"] = WithNonce(good, 129),
            ["unknown critical extension"] = WithExtension(good, [0x2A, 0x03], critical: true, [0x05, 0x00]),
        };
        for (int cut = 1; cut < good.Length; cut += 7)
            requests["cut at " + cut] = good[..cut];
        for (int i = 0; i < 200; i++)
            requests["random " + i] = RandomNumberGenerator.GetBytes(1 + i * 5);
        foreach ((string name, byte[] request) in requests)
            Assert.True(PlainClient.StatusOf(Post(request)) == Malformed, name);
        Assert.True(PlainClient.StatusOf(Post(WithNonce(good, 1))) == 0, "nonce of 1 octet");
        Assert.True(PlainClient.StatusOf(Post(WithNonce(good, 128))) == 0, "nonce of 128 octets");
        Assert.True(PlainClient.StatusOf(Post(WithExtension(good, [0x2A, 0x03], critical: false, [0x05, 0x00]))) == 0, "unknown extension");
        AnswersStill();
    }

    [Fact]
    public void Changed_octets_never_give_a_fault()
    {
        byte[] good = responder.Request("good", "-nonce");
        for (int i = 0; i < good.Length; i++)
        {
            byte[] changed = [.. good];
            changed[i] ^= (byte)(1 << (i % 8));
            Assert.Contains(PlainClient.StatusOf(Post(changed)), new[] { 0, Malformed, Unauthorized });
        }

        Assert.DoesNotContain("A request failed", responder.Server.Log);
    }

    [Fact]
    public void Foreign_issuers_are_unauthorized()
    {
        Assert.Equal(Unauthorized, PlainClient.StatusOf(Post(responder.Request("strange"))));
        Assert.Equal(Unauthorized, PlainClient.StatusOf(Post(responder.Request("good"), "ocsp/Root/")));
        byte[] wrongKey = responder.Request("good", "-no_nonce");
        byte[] hash = SHA1.HashData(responder.Issuing.ToX509Certificate2().PublicKey.EncodedKeyValue.RawData);
        wrongKey[wrongKey.AsSpan().IndexOf(hash)] ^= 1;
        Assert.Equal(Unauthorized, PlainClient.StatusOf(Post(wrongKey)));
    }

    [JudgedFact("openssl")]
    public void Certificates_of_several_issuers_at_once_are_unauthorized()
    {
        string path = responder.Store.File("several.der");
        Tool.Succeed("openssl", "ocsp", "-issuer", responder.File("issuing"), "-cert", responder.File("good"), "-issuer", responder.File("root"), "-cert", responder.File("issuing"), "-reqout", path);
        Assert.Equal(Unauthorized, PlainClient.StatusOf(Post(System.IO.File.ReadAllBytes(path))));
    }

    [Theory]
    [InlineData("GET", "ocsp/", 200)]
    [InlineData("GET", "ocsp/nonsense!", 200)]
    [InlineData("GET", "ocsp/%00%ff", 400)]
    [InlineData("POST", "ocsp/nobody/", 404)]
    [InlineData("PUT", "ocsp/", 405)]
    [InlineData("DELETE", "crl/00/", 405)]
    [InlineData("GET", "crl/00/", 404)]
    [InlineData("GET", "crl/", 404)]
    [InlineData("GET", "issuer/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "etc/passwd", 404)]
    public void Addresses_that_lead_nowhere(string method, string path, int status)
    {
        using HttpResponseMessage response = responder.Server.Client.Send(new HttpRequestMessage(new HttpMethod(method), responder.Server.Url + path));
        Assert.Equal(status, (int)response.StatusCode);
        // RFC 9110, section 15.5.6.
        string[] allowed = path == "ocsp/" ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"];
        Assert.Equal(status == 405 ? allowed : [], response.Content.Headers.Allow);
        if (status == 200)
            Assert.Equal(Malformed, PlainClient.StatusOf(response.Content.ReadAsByteArrayAsync().Result));
    }

    [Fact]
    public void What_is_no_base64_is_counted_as_malformed()
    {
        long Count()
        {
            string[] metrics = responder.Server.Client.GetStringAsync(new Uri(responder.Server.Url, "metrics")).Result.Split('\n');
            return long.Parse(metrics.Single(line => line.StartsWith("psca_ocsp_requests_total{outcome=\"malformed\"}", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        long before = Count();
        Assert.Equal(Malformed, PlainClient.StatusOf(responder.Server.Client.GetByteArrayAsync(new Uri(responder.Server.Url, "ocsp/nonsense!")).Result));
        Assert.Equal(before + 1, Count());
    }

    [Fact]
    public void The_slash_at_the_end_of_an_address_may_be_missing()
    {
        foreach (string path in new[] { "ocsp", "ocsp/Issuing" })
            Assert.Equal(0, PlainClient.StatusOf(Post(responder.Request("good"), path)));
    }

    [Fact]
    public void Raw_addresses_with_dots_and_slashes_are_taken_as_they_are()
    {
        foreach (string path in new[] { "/../../etc/passwd", "//etc/passwd", "/ocsp/../../etc/passwd", "/crl/../issuer/", "/ocsp/" + new string('A', 40_000) })
        {
            string answer = Raw($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            Assert.DoesNotContain("root:", answer);
            Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal), answer);
        }

        AnswersStill();
    }

    [Fact]
    public void Large_bodies_are_refused_early()
    {
        string refused = Raw("POST /ocsp/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n" + new string('x', 1000));
        Assert.StartsWith("HTTP/1.1 413", refused);
        // The rest of the body ends the connection; a proxy must not send the next client's request over it.
        Assert.Contains("Connection: close", refused);
        string chunked = Raw("POST /ocsp/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat("1000\r\n" + new string('x', 0x1000) + "\r\n", 8)) + "0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", chunked);
        AnswersStill();
    }

    [Fact]
    public void Memory_stays_flat_under_a_flood_of_unknown_numbers()
    {
        byte[] request = responder.Request("good", "-no_nonce");
        byte[] serial = Convert.FromHexString(Certificate("good").Replace(":", ""));
        int at = request.AsSpan().IndexOf(serial);
        long Flood(int count)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            {
                byte[] unknown = [.. request];
                RandomNumberGenerator.GetBytes(8).CopyTo(unknown, at + 4);
                Assert.Equal(0, PlainClient.StatusOf(Post(unknown)));
            });
            responder.Server.Process.Refresh();
            return responder.Server.Process.WorkingSet64;
        }

        Flood(4000);
        long before = Flood(4000);
        long after = Flood(8000);
        Assert.True(after - before < 48 << 20, $"{before >> 20} MiB, then {after >> 20} MiB");
    }

    private string Certificate(string name) => responder.Store.Engine.Certificates.Get(name + ".example.com").SerialNumber;

    private void AnswersStill()
    {
        byte[] request = responder.Request("good");
        Assert.Equal(0, PlainClient.AskStatus(responder.Server, request));
    }

    private byte[] Post(byte[] request, string path = "ocsp/")
    {
        using HttpResponseMessage response = responder.Server.Client.PostAsync(new Uri(responder.Server.Url, path), new ByteArrayContent(request)).Result;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/ocsp-response", response.Content.Headers.ContentType!.ToString());
        return response.Content.ReadAsByteArrayAsync().Result;
    }

    private string Raw(string text) => Encoding.ASCII.GetString(PlainClient.Send(responder.Server, Encoding.ASCII.GetBytes(text)));

    private static byte[] WithNonce(byte[] request, int length) =>
        WithExtension(request, [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02], critical: false, Tlv(0x04, new byte[length]));

    /// <summary>Puts an extension behind the list of a request that has none.</summary>
    private static byte[] WithExtension(byte[] request, byte[] oid, bool critical, byte[] value)
    {
        var outer = new System.Formats.Asn1.AsnReader(request, System.Formats.Asn1.AsnEncodingRules.DER);
        byte[] list = outer.ReadSequence().ReadSequence().ReadEncodedValue().ToArray();
        byte[] extension = Tlv(0x30, [.. Tlv(0x06, oid), .. critical ? new byte[] { 0x01, 0x01, 0xFF } : [], .. Tlv(0x04, value)]);
        return Tlv(0x30, Tlv(0x30, [.. list, .. Tlv(0xA2, Tlv(0x30, extension))]));
    }

    private static byte[] Tlv(byte tag, byte[] content) => content.Length < 128
        ? [tag, (byte)content.Length, .. content]
        : content.Length < 256 ? [tag, 0x81, (byte)content.Length, .. content]
        : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];
}

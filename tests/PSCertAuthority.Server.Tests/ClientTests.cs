using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Ocsp;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>OpenSSL, GnuTLS, Java and the platform ask the real program, and agree with the store.</summary>
public sealed class ClientTests(ResponderFixture responder) : IClassFixture<ResponderFixture>
{
    [JudgedTheory("openssl")]
    [InlineData("good", "good")]
    [InlineData("revoked", "revoked")]
    [InlineData("suspended", "revoked")]
    [InlineData("issuing", "good")]
    public void OpenSsl_asks_by_post_and_get_with_and_without_nonce_and_by_every_digest(string certificate, string status)
    {
        foreach (string digest in new[] { "-sha1", "-sha256", "-sha384", "-sha512" })
        {
            foreach (string[] nonce in new string[][] { ["-nonce"], ["-no_nonce"] })
            {
                string posted = Tool.Succeed("openssl", ["ocsp", digest, .. nonce, .. Files(certificate), "-url", new Uri(responder.Server.Url, "ocsp/").ToString()]);
                Assert.Contains($".pem: {status}", posted);
                Assert.Contains("Response verify OK", posted);
                string response = responder.Store.File("response.der");
                string request = Convert.ToBase64String(responder.Request(certificate, [digest, .. nonce]));
                File.WriteAllBytes(response, responder.Server.Client.GetByteArrayAsync(new Uri(responder.Server.Url, "ocsp/" + Uri.EscapeDataString(request))).Result);
                string got = Tool.Succeed("openssl", ["ocsp", digest, "-no_nonce", .. Files(certificate), "-respin", response]);
                Assert.Contains($".pem: {status}", got);
                Assert.Contains("Response verify OK", got);
            }
        }
    }

    [JudgedFact("openssl")]
    public void OpenSsl_asks_about_several_and_about_what_nobody_issued()
    {
        string said = Tool.Succeed("openssl", ["ocsp", .. Files("good"), "-cert", responder.File("revoked"), "-serial", "0x1234", "-url", new Uri(responder.Server.Url, "ocsp/Issuing/").ToString()]);
        Assert.Contains("good.pem: good", said);
        Assert.Contains("revoked.pem: revoked", said);
        Assert.Contains("0x1234: unknown", said);
        Assert.Contains("Reason: keyCompromise", said);
        Assert.Contains("Response verify OK", said);
        Assert.Contains("Responder Error: unauthorized", Tool.Run("openssl", "ocsp", "-issuer", responder.File("foreign"), "-cert", responder.File("strange"), "-url", new Uri(responder.Server.Url, "ocsp/").ToString()).Output);
    }

    [JudgedTheory("ocsptool")]
    [InlineData("good", "good")]
    [InlineData("revoked", "revoked")]
    public void GnuTls_asks(string certificate, string status)
    {
        string said = Tool.Run("ocsptool", "--ask=" + new Uri(responder.Server.Url, "ocsp/"), "--load-issuer", responder.File("issuing"), "--load-cert", responder.File(certificate)).Output;
        Assert.Contains($"Certificate Status: {status}", said);
        Assert.Contains("Verifying OCSP Response: Success", said);
    }

    [JudgedFact("javac")]
    public void Java_asks()
    {
        string program = Path.Combine(Path.GetDirectoryName(typeof(ClientTests).Assembly.Location)!, "OcspJudge.java");
        string said = Tool.Succeed("java", program, new Uri(responder.Server.Url, "ocsp/").ToString(), responder.File("root"), responder.File("issuing"), responder.File("good"), responder.File("revoked"));
        Assert.Equal(["good", "revoked"], said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_platform_asks_online()
    {
        responder.Store.Engine.Authorities.Set("Issuing", new AuthorityUrls { Ocsp = [new Uri(responder.Server.Url, "ocsp/").ToString()] }, enabled: null);
        CaCertificate good = responder.Store.Issue("/CN=online.example.com", "Issuing");
        CaCertificate revoked = responder.Store.Issue("/CN=offline.example.com", "Issuing");
        responder.Store.Engine.Revocations.Revoke(revoked, RevocationReason.Superseded, null);
        Assert.True(ServerProgram.Poll(() => Ask(good) == X509ChainStatusFlags.NoError), Ask(good).ToString());
        Assert.True(ServerProgram.Poll(() => Ask(revoked) == X509ChainStatusFlags.Revoked), Ask(revoked).ToString());
    }

    [Fact]
    public void Answers_to_get_can_be_cached_and_those_with_a_nonce_cannot()
    {
        Uri Address(byte[] request) => new(responder.Server.Url, "ocsp/Issuing/" + Uri.EscapeDataString(Convert.ToBase64String(request)));
        using HttpResponseMessage first = responder.Server.Client.Send(new HttpRequestMessage(HttpMethod.Head, Address(responder.Request("good", "-no_nonce"))));
        Assert.Equal("application/ocsp-response", first.Content.Headers.ContentType!.ToString());
        CacheControlHeaderValue cache = first.Headers.CacheControl!;
        Assert.True(cache is { Public: true, NoTransform: true, MustRevalidate: true } && cache.MaxAge!.Value.TotalSeconds is > 300 and <= 600, cache.ToString());
        Assert.NotNull(first.Content.Headers.LastModified);
        Assert.InRange((first.Content.Headers.Expires! - first.Content.Headers.LastModified!).Value.TotalSeconds, 599, 601);
        using HttpResponseMessage again = responder.Server.Client.Send(new HttpRequestMessage(HttpMethod.Get, Address(responder.Request("good", "-no_nonce"))) { Headers = { IfNoneMatch = { first.Headers.ETag! } } });
        Assert.Equal(304, (int)again.StatusCode);
        foreach ((string tags, int status) in new[] { ($"\"other\", {first.Headers.ETag}", 304), ($"W/{first.Headers.ETag}", 304), ("\"other\"", 200) })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, Address(responder.Request("good", "-no_nonce"))) { Headers = { { "If-None-Match", tags } } };
            using HttpResponseMessage conditional = responder.Server.Client.Send(request);
            Assert.Equal(status, (int)conditional.StatusCode);
        }

        using HttpResponseMessage nonce = responder.Server.Client.Send(new HttpRequestMessage(HttpMethod.Get, Address(responder.Request("good", "-nonce"))));
        Assert.True(nonce.Headers.CacheControl!.NoStore);
        using HttpResponseMessage other = responder.Server.Client.Send(new HttpRequestMessage(HttpMethod.Head, new Uri(responder.Server.Url, $"crl/{responder.Issuing.SerialNumber.Replace(":", "")}/")));
        Assert.Equal("application/pkix-crl", other.Content.Headers.ContentType!.ToString());
        Assert.True(other.Headers.CacheControl!.MaxAge!.Value.TotalSeconds is > 400 and <= 600);
    }

    [JudgedTheory("curl")]
    [InlineData("good")]
    [InlineData("revoked")]
    [InlineData("unknown")]
    public void Curl_sees_the_headers_of_RFC_9919(string certificate)
    {
        string request = responder.Store.File("curl.req");
        string[] which = certificate == "unknown" ? ["-serial", "0x1234"] : ["-cert", responder.File(certificate)];
        Tool.Succeed("openssl", ["ocsp", "-sha256", "-no_nonce", "-issuer", responder.File("issuing"), .. which, "-reqout", request]);
        string address = new Uri(responder.Server.Url, "ocsp/" + Uri.EscapeDataString(Convert.ToBase64String(File.ReadAllBytes(request)))).ToString();
        string response = responder.Store.File("curl.der");
        string[] lines = Tool.Succeed("curl", "-s", "-D", "-", "-o", response, address).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        byte[] body = File.ReadAllBytes(response);
        var single = ((BasicOcspResp)new OcspResp(body).GetResponseObject()).Responses.Single();
        Assert.Equal("HTTP/1.1 200 OK", lines[0]);
        string head = Tool.Succeed("curl", "-sI", address);
        Assert.All(lines, line => Assert.Contains(line.Split(':')[0], head));
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        // The tag is the digest in hexadecimal digits, the dates are those of the response itself.
        Assert.Equal("application/ocsp-response", headers["content-type"]);
        Assert.Equal(body.Length.ToString(CultureInfo.InvariantCulture), headers["content-length"]);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"", headers["etag"]);
        Assert.Equal(single.ThisUpdate.ToString("R", CultureInfo.InvariantCulture), headers["last-modified"]);
        Assert.Equal(single.NextUpdate!.Value.ToString("R", CultureInfo.InvariantCulture), headers["expires"]);
        Match cache = Regex.Match(headers["cache-control"], "^max-age=([0-9]+), public, no-transform, must-revalidate$");
        DateTime date = DateTime.ParseExact(headers["date"], "R", CultureInfo.InvariantCulture);
        Assert.InRange(int.Parse(cache.Groups[1].Value, CultureInfo.InvariantCulture), 1, (single.NextUpdate.Value - date).TotalSeconds);
    }

    [JudgedFact("openssl")]
    public void Crl_and_issuer_are_served_as_the_seed_did()
    {
        string serial = responder.Issuing.SerialNumber.Replace(":", "");
        File.WriteAllBytes(responder.Store.File("a.crl"), responder.Server.Client.GetByteArrayAsync(new Uri(responder.Server.Url, $"crl/{serial}/")).Result);
        using HttpResponseMessage pem = responder.Server.Client.GetAsync(new Uri(responder.Server.Url, $"crl/{serial}/?format=pem")).Result;
        Assert.Equal("text/plain", pem.Content.Headers.ContentType!.MediaType);
        File.WriteAllBytes(responder.Store.File("p.crl"), pem.Content.ReadAsByteArrayAsync().Result);
        Tool.Succeed("openssl", "crl", "-inform", "DER", "-in", responder.Store.File("a.crl"), "-noout", "-CAfile", responder.File("issuing"));
        Tool.Succeed("openssl", "crl", "-in", responder.Store.File("p.crl"), "-noout", "-CAfile", responder.File("issuing"));
        Assert.Equal(responder.Issuing.ToDer(), responder.Server.Client.GetByteArrayAsync(new Uri(responder.Server.Url, $"issuer/{serial}/")).Result);
        using HttpResponseMessage issuer = responder.Server.Client.GetAsync(new Uri(responder.Server.Url, $"issuer/{serial}/")).Result;
        Assert.Equal("application/pkix-cert", issuer.Content.Headers.ContentType!.ToString());
    }

    private X509ChainStatusFlags Ask(CaCertificate certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(responder.File("root")));
        chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificateFromFile(responder.File("issuing")));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.Online;
        chain.ChainPolicy.RevocationFlag = X509RevocationFlag.EndCertificateOnly;
        chain.Build(certificate);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
    }

    private string[] Files(string certificate) => certificate == "issuing"
        ? ["-issuer", responder.File("root"), "-cert", responder.File("issuing"), "-CAfile", responder.File("root")]
        : ["-issuer", responder.File("issuing"), "-cert", responder.File(certificate), "-CAfile", responder.File("root"), "-verify_other", responder.File("issuing")];
}

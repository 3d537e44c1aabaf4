using System;
using System.IO;
using System.Text;
using PSCertAuthority.Imports;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>The forms in which clients and proxies write addresses and requests, each of which gets the same answer.</summary>
public sealed class AddressTests(ResponderFixture responder) : IClassFixture<ResponderFixture>
{
    [JudgedTheory("openssl")]
    [InlineData("/ocsp/{0}")]
    [InlineData("/ocsp//{0}")] // HAProxy appends "/" and base64 to a URL that ends in "/".
    [InlineData("/ocsp///{0}")]
    [InlineData("//ocsp//{0}")]
    [InlineData("/OCSP/{0}")]
    [InlineData("/ocsp/Issuing/{0}")]
    [InlineData("/ocsp/Issuing//{0}")]
    [InlineData("/ocsp//Issuing/{0}")]
    [InlineData("/{0}")]
    [InlineData("//{0}")]
    [InlineData("http://pki.example.com/ocsp/{0}")]
    [InlineData("http://pki.example.com//ocsp//{0}")]
    [InlineData("http://other.example.com:8080/ocsp/{0}?x=y")]
    public void A_request_by_get_is_answered(string form)
    {
        byte[] request = responder.Request("good", "-no_nonce");
        string base64 = Convert.ToBase64String(request);
        string broken = Uri.EscapeDataString(base64.Insert(64, "\n")), windows = Uri.EscapeDataString(base64.Insert(76, "\r\n").Insert(64, "\r\n"));
        foreach (string encoded in new[] { Uri.EscapeDataString(base64), base64, base64.TrimEnd('='), broken, windows })
            AssertGood(Get(string.Format(null, form, encoded)), form + " with " + encoded);
    }

    [JudgedTheory("openssl")]
    [InlineData("/ocsp")]
    [InlineData("/ocsp//")]
    [InlineData("//ocsp/")]
    [InlineData("/ocsp//Issuing//")]
    [InlineData("/")]
    [InlineData("http://pki.example.com/ocsp/")]
    [InlineData("http://pki.example.com")]
    [InlineData("http://pki.example.com/")]
    public void A_request_by_post_is_answered(string target)
    {
        byte[] request = responder.Request("good");
        byte[] head = Encoding.ASCII.GetBytes($"POST {target} HTTP/1.1\r\nHost: pki.example.com\r\nContent-Type: application/ocsp-request\r\nContent-Length: {request.Length}\r\nConnection: close\r\n\r\n");
        AssertGood(PlainClient.Send(responder.Server, [.. head, .. request]), target);
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("http://pki.example.com/health/live", "live")]
    [InlineData("http://other.example.com/health/live", "live")] // The target's host counts, not the header's.
    [InlineData("http://pki.example.com//crl/{0}/?format=pem", "BEGIN X509 CRL")]
    [InlineData("//crl//{0}", "application/pkix-crl")]
    [InlineData("/issuer//{0}/?format=pem", "BEGIN CERTIFICATE")]
    public void Absolute_targets_and_doubled_slashes_lead_where_the_others_do(string target, string expected)
    {
        string answer = Encoding.Latin1.GetString(Get(string.Format(null, target, responder.Issuing.SerialNumber.Replace(":", ""))));
        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.Contains(expected, answer);
    }

    [Theory]
    [InlineData("POST", "/", "text/plain", "405")]
    [InlineData("GET", "/", null, "404")]
    [InlineData("GET", "/MEI=", null, "404")]
    [InlineData("GET", "/ocspx/", null, "404")]
    [InlineData("GET", "http://pki.example.com", null, "404")]
    [InlineData("GET", "/favicon.ico", null, "404")]
    public void What_is_no_request_at_the_root_is_none(string method, string target, string? type, string status)
    {
        string header = type is null ? string.Empty : $"Content-Type: {type}\r\nContent-Length: 0\r\n";
        string answer = Encoding.Latin1.GetString(PlainClient.Send(responder.Server, Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: pki.example.com\r\n{header}Connection: close\r\n\r\n")));
        Assert.StartsWith("HTTP/1.1 " + status, answer);
    }

    [JudgedFact("openssl")]
    public void Imported_serial_numbers_of_more_than_20_bytes_are_answered()
    {
        string[] serials = ["11" + new string('A', 58), "11" + new string('A', 57) + "B", "7F" + new string('0', 124)];
        foreach (string serial in serials)
            Import(serial);
        responder.Store.Engine.Revocations.Revoke(serials[0], RevocationReason.Superseded, null);
        Assert.True(ServerProgram.Poll(() => Ask(serials[0]).Contains(": revoked")), Ask(serials[0]));
        Assert.Contains(": good", Ask(serials[1]));
        Assert.True(ServerProgram.Poll(() => Ask(serials[2]).Contains(": good")), Ask(serials[2]));
        Assert.Contains(": unknown", Ask("11" + new string('A', 57) + "C"));
    }

    private void Import(string serial)
    {
        string csr = responder.Store.File("long.csr"), certificate = responder.Store.File(serial + ".pem");
        Tool.Succeed("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", responder.Store.File("long.key"), "-subj", "/CN=long", "-out", csr);
        Tool.Succeed("openssl", "x509", "-req", "-in", csr, "-CA", responder.File("issuing"), "-CAkey", responder.Issuing.KeyFile, "-set_serial", "0x" + serial, "-days", "10", "-out", certificate);
        responder.Store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = File.ReadAllBytes(certificate), Source = serial });
    }

    private string Ask(string serial) => Tool.Succeed(
        "openssl", "ocsp", "-issuer", responder.File("issuing"), "-serial", "0x" + serial, "-CAfile", responder.File("root"), "-url", new Uri(responder.Server.Url, "ocsp/").ToString());

    private byte[] Get(string target) =>
        PlainClient.Send(responder.Server, Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: pki.example.com\r\nConnection: close\r\n\r\n"));

    /// <summary>OpenSSL reads the answer, and takes it.</summary>
    private void AssertGood(byte[] answer, string about)
    {
        Assert.True(answer.AsSpan().StartsWith("HTTP/1.1 200"u8), about + ": " + Encoding.Latin1.GetString(answer));
        string file = responder.Store.File("response.der");
        File.WriteAllBytes(file, answer[(answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..]);
        string said = Tool.Run("openssl", "ocsp", "-no_nonce", "-issuer", responder.File("issuing"), "-cert", responder.File("good"), "-CAfile", responder.File("root"), "-respin", file).Output;
        Assert.True(said.Contains("good.pem: good") && said.Contains("Response verify OK"), about + ": " + said);
    }
}

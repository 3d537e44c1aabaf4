using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Tests.Interoperability;
using PSCertAuthority.Validation;
using Xunit;

namespace PSCertAuthority.Tests.Validation;

/// <summary>OpenSSL's OCSP responder and an HTTP server with a CRL answer on loopback.</summary>
public sealed class OnlineRevocationTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly int _port = FreePort();

    [JudgedFact("openssl")]
    public void OpenSsl_answers_good_revoked_and_unknown()
    {
        CaAuthority root = _store.Engine.Authorities.Create(TestStore.Authority("Root") with { Urls = new AuthorityUrls { Ocsp = [$"http://127.0.0.1:{_port}/"] } }).Value;
        CaCertificate[] certificates = [_store.Issue("/CN=good.example.com"), _store.Issue("/CN=bad.example.com"), _store.Issue("/CN=new.example.com")];
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        string end = DateTime.UtcNow.AddYears(1).ToString("yyMMddHHmmss", CultureInfo.InvariantCulture) + "Z";
        File.WriteAllText(_store.File("index.txt"),
            $"V\t{end}\t\t{certificates[0].SerialNumber.Replace(":", "")}\tunknown\t/CN=good.example.com\n"
            + $"R\t{end}\t260101000000Z,keyCompromise\t{certificates[1].SerialNumber.Replace(":", "")}\tunknown\t/CN=bad.example.com\n");
        using Process responder = Process.Start(new ProcessStartInfo("openssl",
            ["ocsp", "-index", _store.File("index.txt"), "-port", _port.ToString(CultureInfo.InvariantCulture), "-CA", _store.File("root.pem"),
                "-rsigner", _store.File("root.pem"), "-rkey", root.KeyFile, "-nmin", "5"])
            { RedirectStandardError = true, RedirectStandardOutput = true })!;
        try
        {
            // A connection without a request would keep it busy, so it is asked for by its own words.
            while (responder.StandardError.ReadLine() is { } line && !line.Contains("waiting for OCSP client", StringComparison.Ordinal))
                Assert.DoesNotContain("rror", line);
            CertificateCheck[] checks = [.. certificates.Select(c => Revocation(CertificateTestRequest.For(c) with { Revocation = RevocationSource.Ocsp }))];
            Assert.True(checks[0].Passed, checks[0].ToString());
            Assert.Contains("KeyCompromise", checks[1].Message);
            Assert.Contains("does not know it", checks[2].Message);
            Assert.False(checks[2].Passed);
        }
        finally
        {
            responder.Kill();
        }
    }

    [Fact]
    public void A_crl_is_fetched_from_the_distribution_point()
    {
        _store.Engine.Authorities.Create(TestStore.Authority("Root") with { Urls = new AuthorityUrls { Crl = [$"http://127.0.0.1:{_port}/root.crl"] } });
        CaCertificate certificate = _store.Issue("/CN=a.example.com");
        CertificateTestRequest request = CertificateTestRequest.For(certificate) with { Revocation = RevocationSource.Crl };
        Assert.Contains("cannot be fetched", Revocation(request).Message);

        byte[] crl = _store.Engine.Crls.Create("Root", null, TimeSpan.FromHours(1)).ToDer();
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
        listener.Start();
        var server = new Thread(() =>
        {
            foreach (byte[] content in new[] { crl, [1, 2, 3] })
            {
                HttpListenerContext context = listener.GetContext();
                context.Response.OutputStream.Write(content);
                context.Response.Close();
            }
        });
        server.Start();
        CertificateCheck good = Revocation(request);
        Assert.True(good.Passed, good.ToString());
        Assert.Contains("serves no CRL", Revocation(request).Message);
        server.Join();
    }

    private CertificateCheck Revocation(CertificateTestRequest request) => _store.Engine.Tester.Test(request).Checks.Single(check => check.Check == "Revocation");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _store.Dispose();
}

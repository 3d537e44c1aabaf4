using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Ocsp;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>A fault while an answer is made: the store breaks, and what it alone knows is asked for.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow.AddDays(-10));
    private readonly TestStore _store;

    public FaultTests()
    {
        _store = new TestStore(_clock);
        File.WriteAllText(_store.File("root.pem"), _store.Root(pathLength: 0).ToPem());
    }

    [JudgedFact("openssl")]
    public void It_is_told_as_internalError_and_nothing_more_and_the_log_says_what_it_was()
    {
        byte[] before = RequestFor(Ended("before")), after = RequestFor(Ended("after"));
        byte[] other = RequestFor(_store.Issue("/CN=good.example.com"));
        using ServerProgram server = new ServerProgram("--store", _store.StorePath, "--authority", "Root", "--use-authority-key").Ready();
        var response = (BasicOcspResp)new OcspResp(Post(server, before)).GetResponseObject();
        Assert.Equal((int)RevocationReason.Superseded, ((RevokedStatus)response.Responses.Single().GetCertStatus()).RevocationReason);

        File.WriteAllText(_store.StorePath, "no store any more");
        byte[] internalError = [0x30, 0x03, 0x0A, 0x01, 0x02];
        Assert.Equal(internalError, Post(server, after));
        Assert.True(ServerProgram.Poll(() => server.Log.Contains("A request failed")), server.Log);
        // What is in memory goes on to be answered.
        Assert.NotNull(new OcspResp(Post(server, other)).GetResponseObject());
    }

    /// <summary>One that was revoked, has ended, and has left the CRLs: its reason is in its record alone.</summary>
    private CaCertificate Ended(string name)
    {
        CaCertificate certificate = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", Request = _store.Csr("/CN=x"), Subject = DistinguishedName.Parse($"/CN={name}.example.com"), ValidDays = 1,
        }).Certificate!;
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.Superseded, null);
        _clock.Advance(TimeSpan.FromDays(2));
        for (int i = 0; i < 2; i++)
            _store.Engine.Crls.Create("Root", null, TimeSpan.FromMinutes(10));
        return certificate;
    }

    private byte[] RequestFor(CaCertificate certificate)
    {
        File.WriteAllText(_store.File("asked.pem"), certificate.ToPem());
        Tool.Succeed("openssl", "ocsp", "-issuer", _store.File("root.pem"), "-cert", _store.File("asked.pem"), "-reqout", _store.File("asked.req"));
        return File.ReadAllBytes(_store.File("asked.req"));
    }

    private static byte[] Post(ServerProgram server, byte[] request)
    {
        using HttpResponseMessage response = server.Client.PostAsync(new Uri(server.Url, "ocsp/"), new ByteArrayContent(request)).Result;
        Assert.Equal("application/ocsp-response", response.Content.Headers.ContentType!.ToString());
        return response.Content.ReadAsByteArrayAsync().Result;
    }

    public void Dispose() => _store.Dispose();
}

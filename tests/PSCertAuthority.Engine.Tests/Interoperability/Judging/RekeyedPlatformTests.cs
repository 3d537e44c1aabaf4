using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability.Judging;

/// <summary>The platform's X509Chain after new keys. It takes CRLs from the URL in the certificate alone, so that each leaf has the URL of one file.</summary>
public sealed class RekeyedPlatformTests : IDisposable
{
    private const int Keys = 3;

    private readonly TestStore _store = new();
    private readonly HttpListener _web = new();
    private readonly string _address;
    private readonly Dictionary<int, byte[]> _crls = [];

    public RekeyedPlatformTests()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        // The platform keeps CRLs by their URL on the disk.
        _address = $"http://127.0.0.1:{port}/{Guid.NewGuid():N}/";
        _web.Prefixes.Add($"http://127.0.0.1:{port}/");
        _web.Start();
        _ = Task.Run(Serve);
    }

    [Fact]
    public void The_platform_sees_the_revocations_under_all_keys()
    {
        _store.Root();
        _store.Issuing();
        var leaves = new List<(CaCertificate Leaf, int Issuer, int Signer, bool Revoked)>();
        var issuers = new List<CaAuthority>();
        for (int issuer = 0; issuer < Keys; issuer++)
        {
            if (issuer > 0) _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Issuing", Key = AuthorityKey.Replace });
            issuers.Add(_store.Engine.Authorities.Get("Issuing"));
            for (int signer = 0; signer < Keys; signer++)
            {
                _store.Engine.Authorities.Set("Issuing", new AuthorityUrls { Crl = [$"{_address}{issuer}-{signer}.crl"] }, enabled: null);
                foreach (bool revoked in new[] { false, true })
                    leaves.Add((_store.Issue($"/CN={issuer}-{signer}-{revoked}.example.com", "Issuing"), issuer, signer, revoked));
            }
        }

        foreach ((CaCertificate leaf, _, _, bool revoked) in leaves.Where(leaf => leaf.Revoked))
            _store.Engine.Revocations.Revoke(leaf, RevocationReason.KeyCompromise, null);
        for (int i = 0; i < Keys; i++) _crls[i] = _store.Engine.Crls.Create(issuers[i].SerialNumber, null, TimeSpan.FromDays(1)).ToDer();

        foreach ((CaCertificate leaf, int issuer, int signer, bool revoked) in leaves)
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.Online;
            chain.ChainPolicy.RevocationFlag = X509RevocationFlag.EndCertificateOnly;
            chain.ChainPolicy.CustomTrustStore.Add(_store.Engine.Authorities.Get("Root").ToX509Certificate2());
            foreach (CaAuthority authority in issuers) chain.ChainPolicy.ExtraStore.Add(authority.ToX509Certificate2());
            using X509Certificate2 certificate = leaf.ToX509Certificate2();
            bool valid = chain.Build(certificate);
            string said = $"key {issuer}, CRL of key {signer}, revoked {revoked}: {valid} {string.Join(", ", chain.ChainStatus.Select(status => status.Status))}";
            Assert.False(revoked && valid, said);
            if (issuer != signer) continue;
            Assert.True(valid == !revoked, said);
            Assert.True(!revoked || chain.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.Revoked)), said);
        }
    }

    public void Dispose()
    {
        _web.Close();
        _store.Dispose();
    }

    private async Task Serve()
    {
        while (_web.IsListening)
        {
            try
            {
                HttpListenerContext context = await _web.GetContextAsync();
                string name = Path.GetFileNameWithoutExtension(context.Request.Url!.AbsolutePath);
                byte[] crl = _crls[name[^1] - '0'];
                context.Response.ContentType = "application/pkix-crl";
                await context.Response.OutputStream.WriteAsync(crl);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}

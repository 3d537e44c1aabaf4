using System;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>The index that <c>openssl ocsp</c> and <c>openssl ca</c> read.</summary>
public sealed class OcspIndexTests : IDisposable
{
    private static readonly string[] Names = ["good", "bad", "late", "held", "odd"];

    private readonly TestStore _store = new();

    [JudgedFact("openssl")]
    public void OpenSsl_answers_from_the_index()
    {
        CaAuthority root = _store.Root();
        CaAuthority sub = _store.Issuing();
        CaCertificate[] certificates =
            [.. Names.Select(name => _store.Issue($"/C=AT/O=Österreich \"x/y\"/CN={name}.example.com"))];
        _store.Engine.Revocations.Revoke(certificates[1], RevocationReason.Superseded, null);
        _store.Engine.Revocations.Revoke(certificates[2], RevocationReason.KeyCompromise, DateTime.Now.AddDays(-2));
        _store.Engine.Revocations.Revoke(certificates[3], RevocationReason.CertificateHold, null);
        _store.Engine.Revocations.Revoke(certificates[4], RevocationReason.PrivilegeWithdrawn, null);
        Assert.Equal(6, _store.Engine.OcspIndex.Write("Root", _store.File("index.txt"), overwrite: false));

        Assert.Contains("good", Ask(root, certificates[0].ToPem()));
        Assert.Contains("Reason: superseded", Ask(root, certificates[1].ToPem()));
        Assert.Contains("Reason: keyCompromise", Ask(root, certificates[2].ToPem()));
        Assert.Contains("Reason: certificateHold", Ask(root, certificates[3].ToPem()));
        Assert.Contains("revoked", Ask(root, certificates[4].ToPem()));
        Assert.Contains(": good", Ask(root, sub.ToPem()));
        CaCertificate unknown = _store.Issue("/CN=unknown.example.com");
        Assert.Contains("unknown", Ask(root, unknown.ToPem()));

        _store.Engine.Revocations.Resume(certificates[3]);
        _store.Engine.OcspIndex.Write("Root", _store.File("index.txt"), overwrite: true);
        Assert.Contains(": good", Ask(root, certificates[3].ToPem()));
    }

    [JudgedFact("openssl")]
    public void OpenSsl_answers_where_a_subject_has_two_valid_certificates()
    {
        CaAuthority root = _store.Root();
        CaCertificate first = _store.Issue("/CN=a.example.com");
        CaCertificate second = _store.Issue("/CN=a.example.com");
        _store.Engine.OcspIndex.Write("Root", _store.File("index.txt"), overwrite: false);
        Assert.Contains(": good", Ask(root, first.ToPem()));
        Assert.Contains(": good", Ask(root, second.ToPem()));
    }

    [JudgedFact("openssl")]
    public void OpenSsl_ca_reads_the_index()
    {
        _store.Root();
        CaCertificate certificate = _store.Issue("/CN=a.example.com");
        _store.Engine.OcspIndex.Write("Root", _store.File("index.txt"), overwrite: false);
        File.WriteAllText(_store.File("ca.cnf"), $"[ca]\ndefault_ca=x\n[x]\ndatabase={_store.File("index.txt")}\n");
        Assert.Contains("Valid (V)", Tool.Run("openssl", "ca", "-config", _store.File("ca.cnf"), "-status", certificate.SerialNumber.Replace(":", "")).Output);
    }

    [Fact]
    public void Lines_tell_what_is_valid_revoked_and_at_its_end()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        using var store = new TestStore(clock);
        store.Root(pathLength: 0);
        CaCertificate Issue(string name, int days) => store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root", Request = store.Csr("/CN=x"), Subject = DistinguishedName.Parse($"/CN={name}.example.com"), ValidDays = days,
        }).Certificate!;
        CaCertificate valid = Issue("v", 10), revoked = Issue("r", 10), plain = Issue("u", 10), ended = Issue("e", 1);
        store.Engine.Revocations.Revoke(revoked, RevocationReason.KeyCompromise, null);
        store.Engine.Revocations.Revoke(plain, RevocationReason.Unspecified, null);
        clock.Advance(TimeSpan.FromDays(2));
        string Line(string state, CaCertificate certificate, string end, string revocation) =>
            string.Join('\t', state, end, revocation, certificate.SerialNumber.Replace(":", ""), "unknown", "/CN=" + certificate.CommonName);
        string[] expected =
        [
            Line("V", valid, "300112030405Z", ""), Line("R", revoked, "300112030405Z", "300102030405Z,keyCompromise"),
            Line("R", plain, "300112030405Z", "300102030405Z"), Line("E", ended, "300103030405Z", ""),
        ];
        Assert.Equal(expected.Order(), store.Engine.OcspIndex.Lines("Root").Order());
    }

    private string Ask(CaAuthority root, string pem)
    {
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        File.WriteAllText(_store.File("asked.pem"), pem);
        Tool.Succeed("openssl", "ocsp", "-issuer", _store.File("root.pem"), "-cert", _store.File("asked.pem"), "-no_nonce", "-reqout", _store.File("req.der"));
        Tool.Succeed("openssl", "ocsp", "-index", _store.File("index.txt"), "-CA", _store.File("root.pem"), "-rsigner", _store.File("root.pem"), "-rkey", root.KeyFile,
            "-reqin", _store.File("req.der"), "-respout", _store.File("resp.der"), "-ndays", "1");
        return Tool.Succeed("openssl", "ocsp", "-issuer", _store.File("root.pem"), "-cert", _store.File("asked.pem"), "-respin", _store.File("resp.der"), "-no_nonce", "-CAfile", _store.File("root.pem"));
    }

    public void Dispose() => _store.Dispose();
}

using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>OpenSSL, GnuTLS and the platform judge chains, revocation, name constraints and key files.</summary>
public sealed class VerificationTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedTheory("openssl")]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Ed448)]
    public void OpenSsl_accepts_the_chain_and_refuses_the_revoked(KeyType type)
    {
        CaCertificate[] certificates = MakeChain(type);
        string[] check = ["verify", "-x509_strict", "-crl_check_all", "-CAfile", _store.File("root.pem"), "-untrusted", _store.File("issuing.pem"),
            "-CRLfile", _store.File("root.crl"), "-CRLfile", _store.File("issuing.crl")];
        Tool.Succeed("openssl", [.. check, Write(certificates[0])]);
        (int exitCode, string output) = Tool.Run("openssl", [.. check, Write(certificates[1])]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("certificate revoked", output);
    }

    [JudgedTheory("certtool")]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.Ed25519)]
    public void GnuTls_accepts_the_chain(KeyType type)
    {
        CaCertificate certificate = MakeChain(type)[0];
        File.WriteAllText(_store.File("chain.pem"), certificate.ToPem() + File.ReadAllText(_store.File("issuing.pem")));
        Assert.Contains("Chain verification output: Verified", Tool.Succeed(
            "certtool", "--verify", "--load-ca-certificate", _store.File("root.pem"), "--infile", _store.File("chain.pem")));
    }

    [Theory]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.EC)]
    public void The_platform_builds_the_chain(KeyType type)
    {
        CaCertificate certificate = MakeChain(type)[0];
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(_store.File("root.pem")));
        chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificateFromFile(_store.File("issuing.pem")));
        Assert.True(chain.Build(certificate), string.Join("; ", chain.ChainStatus.Select(s => s.StatusInformation)));
    }

    [JudgedTheory("openssl")]
    [InlineData("rsa:2048")]
    [InlineData("ec:P-256")]
    [InlineData("ed25519")]
    public void Requests_of_OpenSsl_are_read(string key)
    {
        string[] algorithm = key.StartsWith("ec:", StringComparison.Ordinal) ? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + key[3..]] : ["-newkey", key];
        Tool.Succeed("openssl", ["req", "-new", .. algorithm, "-nodes", "-keyout", _store.File("k"), "-out", _store.File("r.pem"),
            "-subj", "/C=AT/CN=web.example.com", "-addext", "subjectAltName=DNS:www.example.com,IP:127.0.0.1"]);
        Tool.Succeed("openssl", "req", "-in", _store.File("r.pem"), "-outform", "DER", "-out", _store.File("r.der"));
        foreach (string file in new[] { "r.pem", "r.der" })
        {
            CaCertificateRequest request = CertificateRequestReader.ReadFile(_store.File(file));
            Assert.Equal("/C=AT/CN=web.example.com", request.Subject.ToString());
            Assert.Equal("DNS:www.example.com, IP:127.0.0.1", string.Join(", ", request.SubjectAlternativeName));
        }
    }

    [JudgedTheory("openssl")]
    [InlineData(KeyType.RSA)]
    [InlineData(KeyType.EC)]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Ed448)]
    public void OpenSsl_reads_our_requests_and_keys(KeyType type)
    {
        using System.Security.SecureString password = Secret("pass word ü");
        CaCertificateRequest request = RequestFactory.Create(
            KeySpecification.Create(type, defaultRsaSize: 2048), DistinguishedName.Parse("/CN=x"), [GeneralName.Parse("a.example.com")],
            _store.File("ours.key"), password, overwrite: false);
        File.WriteAllText(_store.File("ours.csr"), request.ToPem());
        Assert.Contains("DNS:a.example.com", Tool.Succeed("openssl", "req", "-in", _store.File("ours.csr"), "-verify", "-noout", "-text"));
        Tool.Succeed("openssl", "pkey", "-in", _store.File("ours.key"), "-passin", "pass:pass word ü", "-noout");
        Assert.Contains("PBES2", Tool.Succeed("openssl", "asn1parse", "-in", _store.File("ours.key")));
        Assert.Contains("0927C0", Tool.Succeed("openssl", "asn1parse", "-in", _store.File("ours.key")));
    }

    [JudgedTheory("openssl")]
    [InlineData("www.example.com", true)]
    [InlineData("www.example.org", false)]
    public void Name_constraints_hold_in_OpenSsl_as_they_do_here(string name, bool allowed)
    {
        AuthorityRequest constrained = TestStore.Authority("Root") with { NameConstraints = NameConstraints.Create(["example.com"], []) };
        CaAuthority root = _store.Engine.Authorities.Create(constrained).Value;
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        IssueOutcome outcome = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = root, Request = _store.Csr("/CN=x"), SubjectAlternativeName = [GeneralName.Parse(name)],
        });
        Assert.Equal(allowed, outcome.Certificate is not null);
        if (allowed)
            Tool.Succeed("openssl", "verify", "-x509_strict", "-CAfile", _store.File("root.pem"), Write(outcome.Certificate!));
        else
            Assert.Equal("NameForbidden", ((CaException)outcome.Error!).ErrorId);
    }

    [JudgedFact("openssl")]
    public void The_crl_says_reason_and_invalidity_date()
    {
        _store.Root();
        CaCertificate certificate = _store.Issue("/CN=a.example.com");
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.KeyCompromise, DateTime.Now.AddDays(-1));
        _store.Engine.Revocations.Revoke(_store.Issue("/CN=b.example.com"), RevocationReason.Unspecified, null);
        File.WriteAllBytes(_store.File("x.crl"), _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).ToDer());
        string text = Tool.Succeed("openssl", "crl", "-inform", "DER", "-in", _store.File("x.crl"), "-noout", "-text");
        Assert.Contains("Key Compromise", text);
        Assert.Contains("Invalidity Date", text);
        Assert.DoesNotContain("Unspecified", text);
        Assert.Matches("X509v3 CRL Number: \\s+1", text);
    }

    public void Dispose() => _store.Dispose();

    private CaCertificate[] MakeChain(KeyType type)
    {
        CaAuthority root = _store.Engine.Authorities.Create(TestStore.Authority("Root", pathLength: 1, type: type)).Value;
        CaAuthority issuing = _store.Engine.Authorities.Create(TestStore.Authority("Issuing", "Root", type: type)).Value;
        CaCertificate[] certificates = [_store.Issue("/CN=good.example.com", "Issuing", type), _store.Issue("/CN=bad.example.com", "Issuing", type)];
        _store.Engine.Revocations.Revoke(certificates[1], RevocationReason.KeyCompromise, null);
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        File.WriteAllText(_store.File("issuing.pem"), issuing.ToPem());
        foreach (string name in new[] { "Root", "Issuing" })
            File.WriteAllText(_store.File(name.ToLowerInvariant() + ".crl"), _store.Engine.Crls.Create(name, null, TimeSpan.FromHours(1)).ToPem());
        return certificates;
    }

    private string Write(CaCertificate certificate)
    {
        string path = _store.File(certificate.CommonName + ".pem");
        File.WriteAllText(path, certificate.ToPem());
        return path;
    }

    internal static System.Security.SecureString Secret(string text)
    {
        var secret = new System.Security.SecureString();
        foreach (char c in text)
            secret.AppendChar(c);
        return secret;
    }
}

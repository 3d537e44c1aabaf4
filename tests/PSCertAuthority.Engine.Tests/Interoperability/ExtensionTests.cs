using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>OpenSSL and GnuTLS read the extensions that we write as they were meant.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedFact("openssl")]
    public void OpenSsl_reads_all_extensions_of_a_certificate()
    {
        string text = Tool.Succeed("openssl", "x509", "-in", IssueWithEverything(), "-noout", "-text", "-ext",
            "keyUsage,extendedKeyUsage,tlsfeature,certificatePolicies,issuerAltName,subjectAltName");
        foreach (string expected in (string[])
            ["Digital Signature, Non Repudiation", "Code Signing, 1.2.3.4.5", "status_request", "Policy: 2.23.140.1.2.1", "Policy: 1.2.3",
            "CPS: http://cps.example.com", "Explicit Text: Grüße; read it", "URI:http://issuer.example.com", "UPN:user@example.com", "DNS:a.example.com",
            "IP Address:10.0.0.1", "email:me@example.com", "Registered ID:1.2.3.4", "DirName:"])
        {
            Assert.Contains(expected, text.Replace("othername: UPN::", "UPN:"));
        }
    }

    [JudgedFact("certtool")]
    public void GnuTls_reads_all_extensions_of_a_certificate()
    {
        string text = Tool.Succeed("certtool", "-i", "--infile", IssueWithEverything());
        foreach (string expected in (string[])
            ["Digital signature", "Non repudiation", "Code signing", "2.23.140.1.2.1", "http://cps.example.com", "TLS Features", "Status Request",
            "Issuer Alternative Name", "1.2.9.1"])
        {
            Assert.Contains(expected, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [JudgedFact("openssl")]
    public void OpenSsl_reads_the_policies_of_an_authority_and_holds_to_them()
    {
        CaAuthority root = _store.Engine.Authorities.Create(TestStore.Authority("Root", pathLength: null)).Value;
        CaAuthority strict = _store.Engine.Authorities.Create(TestStore.Authority("Strict", "Root", pathLength: null) with
        {
            PolicyLimits = new PolicyLimits { RequireExplicitPolicy = 0, InhibitPolicyMapping = 1, InhibitAnyPolicy = 0 },
            CertificatePolicies = [CertificatePolicy.Parse("1.2.3")],
        }).Value;
        string file = Write("strict.pem", strict.ToPem());
        string text = Tool.Succeed("openssl", "x509", "-in", file, "-noout", "-text");
        Assert.Matches("Policy Constraints: critical\\s+Require Explicit Policy:0, Inhibit Policy Mapping:1", text);
        Assert.Matches("Inhibit Any Policy: critical\\s+0", text);
        string[] verify = ["verify", "-x509_strict", "-policy_check", "-policy", "1.2.3", "-CAfile", Write("root.pem", root.ToPem()), "-untrusted", file];
        Tool.Succeed("openssl", [.. verify, Write("good.pem", Issue("Strict", r => r with { CertificatePolicies = [CertificatePolicy.Parse("1.2.3")] }).ToPem())]);
        (int exitCode, string output) = Tool.Run("openssl", [.. verify, Write("bad.pem", Issue("Strict", r => r).ToPem())]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("no explicit policy", output);
    }

    [JudgedFact("openssl")]
    public void OpenSsl_takes_a_certificate_for_time_stamping_only_with_a_critical_usage()
    {
        CaAuthority root = _store.Root();
        CaCertificate certificate = Issue("Root", r => r with { ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.8"], KeyUsage = X509KeyUsageFlags.DigitalSignature });
        Tool.Succeed("openssl", "verify", "-x509_strict", "-purpose", "timestampsign", "-CAfile", Write("root.pem", root.ToPem()),
            Write("tsa.pem", certificate.ToPem()));
    }

    public void Dispose() => _store.Dispose();

    private string IssueWithEverything()
    {
        _store.Root();
        CaCertificate certificate = Issue("Root", request => request with
        {
            KeyUsage = KeyUsageNames.Parse(["digitalSignature", "contentCommitment"]),
            ExtendedKeyUsage = ExtendedKeyUsageNames.Parse(["codesigning", "1.2.3.4.5"]),
            MustStaple = true,
            CertificatePolicies = [CertificatePolicy.Create("domain-validated"), CertificatePolicy.Create("1.2.3", "http://cps.example.com", "Grüße; read it")],
            IssuerAlternativeName = [GeneralName.Parse("http://issuer.example.com")],
            SubjectAlternativeName =
            [
                GeneralName.Parse("10.0.0.1"), GeneralName.Parse("me@example.com"), GeneralName.Parse("RID:1.2.3.4"), GeneralName.Parse("dirname:/C=AT/CN=x"),
                GeneralName.Parse("https://a.example.com/"), GeneralName.Parse("otherName:1.3.6.1.4.1.311.20.2.3;UTF8:user@example.com"),
            ],
            Extensions = [CertificateExtension.Create("1.2.9.1", [0x04, 0x01, 0x41], critical: false)],
        });
        return Write("all.pem", certificate.ToPem());
    }

    private CaCertificate Issue(string authority, Func<CertificateIssueRequest, CertificateIssueRequest> change)
    {
        IssueOutcome outcome = _store.TryIssue(change(new CertificateIssueRequest
        {
            Authority = authority, Request = _store.Csr("/CN=x"), Subject = DistinguishedName.Parse("/CN=a.example.com"),
        }));
        return outcome.Certificate ?? throw outcome.Error!;
    }

    private string Write(string name, string pem)
    {
        File.WriteAllText(_store.File(name), pem);
        return _store.File(name);
    }
}

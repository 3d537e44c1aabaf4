using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;
using Xunit.Abstractions;

namespace PSCertAuthority.Tests.Imports;

/// <summary>A store that becomes the files of <c>openssl ca</c>, and a store again.</summary>
public sealed class RoundTripTests(ITestOutputHelper log) : IDisposable
{
    // Those that OpenSSL has a word for; of the others its index keeps the moment.
    private static readonly RevocationReason[] Reasons =
    [
        RevocationReason.Unspecified, RevocationReason.KeyCompromise, RevocationReason.CACompromise, RevocationReason.AffiliationChanged,
        RevocationReason.Superseded, RevocationReason.CessationOfOperation, RevocationReason.CertificateHold,
    ];

    private readonly TestStore _before = new();
    private readonly TestStore _after = new();

    [JudgedFact("openssl")]
    public void Every_certificate_is_the_same_again()
    {
        _before.Root();
        CaCertificate[] issued = [.. Reasons.Concat(Reasons).Select((reason, i) => _before.Issue($"/O=Öster/CN=c{i}.example.com"))];
        for (int i = 0; i < Reasons.Length; i++)
            _before.Engine.Revocations.Revoke(issued[i], Reasons[i], Reasons[i] is RevocationReason.KeyCompromise or RevocationReason.CACompromise ? DateTime.Now.AddDays(-i) : null);
        WriteDirectory();
        Assert.Empty(Import().Warnings);
        Assert.Equal(Described(_before), Described(_after));
        Assert.Equal(Revoked(_before), Revoked(_after));
        Assert.True(_after.Engine.Care.Test().Passed);
        Assert.Equal("AuthorityImported", _after.Engine.Audit.List(new AuditFilter()).First().Act.ToString());
    }

    [Fact]
    public void A_thousand_certificates_come_in_one_import()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("PSCA_IMPORT_COUNT"), out int asked) ? asked : 1000;
        _before.Root();
        CaCertificateRequest request = _before.Csr("/CN=ignored");
        using (IssuancePipeline pipeline = _before.Engine.BeginIssuance())
        {
            for (int i = 0; i < count; i++)
                pipeline.Submit(new CertificateIssueRequest { Authority = "Root", Request = request, Subject = DistinguishedName.Parse($"/CN=c{i}.example.com") });
            Assert.DoesNotContain(pipeline.Complete(), outcome => outcome.Error is not null);
        }

        WriteDirectory();
        var watch = Stopwatch.StartNew();
        Import();
        log.WriteLine($"{count} certificates in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(count, _after.Engine.Describe().CertificateCount);
    }

    private void WriteDirectory()
    {
        string directory = _after.File("old");
        Directory.CreateDirectory(Path.Combine(directory, "newcerts"));
        Directory.CreateDirectory(Path.Combine(directory, "private"));
        CaAuthority root = _before.Engine.Authorities.Get("Root");
        File.WriteAllText(Path.Combine(directory, "cacert.pem"), root.ToPem());
        File.Copy(root.KeyFile, Path.Combine(directory, "private", "cakey.pem"));
        _before.Engine.OcspIndex.Write("Root", Path.Combine(directory, "index.txt"), overwrite: false);
        foreach (CaCertificate certificate in All(_before))
            File.WriteAllText(Path.Combine(directory, "newcerts", certificate.SerialNumber.Replace(":", "") + ".pem"), certificate.ToPem());
    }

    private Issued<System.Collections.Generic.IReadOnlyList<string>> Import() =>
        _after.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new OpenSslSource(_after.File("old")), Name = "Root" });

    private static CaCertificate[] All(TestStore store) => [.. store.Engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() })];

    private static string[] Described(TestStore store) =>
    [
        .. All(store).Select(c => $"{c.SerialNumber} {c.Sha256Fingerprint} {c.Subject} {c.Status} {c.RevokedAt:s} {c.RevocationReason} {c.InvalidityDate:s} {c.NotBefore:s} {c.NotAfter:s}")
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Revoked(TestStore store)
    {
        File.WriteAllText(store.File("root.crl"), store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).ToPem());
        string text = Tool.Succeed("openssl", "crl", "-in", store.File("root.crl"), "-noout", "-text");
        return [.. text.Substring(text.IndexOf("Revoked Certificates", StringComparison.Ordinal)).Split("Signature Algorithm")[0].Split("Serial Number:").Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
    }
}

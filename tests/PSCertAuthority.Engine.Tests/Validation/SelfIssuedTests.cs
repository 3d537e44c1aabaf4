using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using PSCertAuthority.Validation;
using Xunit;

namespace PSCertAuthority.Tests.Validation;

/// <summary>A certificate whose issuer has the same name need not be signed by its own key (RFC 5280, section 3.2).</summary>
public sealed class SelfIssuedTests : IDisposable
{
    private readonly TestStore _store = new();

    [Theory]
    [InlineData(KeyType.EC, 0)]
    [InlineData(KeyType.EC, null)]
    [InlineData(KeyType.Ed25519, 1)]
    [InlineData(KeyType.RSA, 0)]
    public void The_certificates_of_a_new_key_by_the_old_and_of_the_old_by_the_new_pass_the_test(KeyType type, int? pathLength)
    {
        CaCertificate[] crossed = CrossSign(type, pathLength);
        Assert.Equal(2, crossed.Length);
        foreach (CaCertificate certificate in crossed)
        {
            CaCertificateTestResult result = _store.Engine.Tester.Test(CertificateTestRequest.For(certificate));
            Assert.True(result.Passed, string.Join("; ", result.Checks.Select(check => check.Message)));
            Assert.Single(result.Chain);
        }
    }

    [JudgedFact("openssl")]
    public void Openssl_verifies_them_too()
    {
        foreach (CaCertificate certificate in CrossSign(KeyType.EC, null))
        {
            string issuer = _store.Engine.Tester.Test(CertificateTestRequest.For(certificate)).Chain.Single();
            File.WriteAllText(_store.File("issuer.pem"), _store.Engine.Authorities.Get(issuer).ToPem());
            File.WriteAllText(_store.File("crossed.pem"), certificate.ToPem());
            Tool.Succeed("openssl", "verify", "-x509_strict", "-check_ss_sig", "-CAfile", _store.File("issuer.pem"), _store.File("crossed.pem"));
        }
    }

    [Fact]
    public void They_are_imported_elsewhere_and_the_store_says_that_their_signatures_could_not_be_checked()
    {
        foreach (CaCertificate certificate in CrossSign(KeyType.EC, 1))
        {
            using var other = new TestStore();
            File.WriteAllText(other.File("crossed.pem"), certificate.ToPem());
            Issued<System.Collections.Generic.IReadOnlyList<string>> imported = other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("crossed.pem")) });
            Assert.Contains(imported.Warnings, warning => warning.Contains("not in this store"));
            AssertNotChecked(other, imported.Value.Single());
            CaAuthorityException error = Assert.Throws<CaAuthorityException>(() => other.Engine.Revocations.RevokeAuthority(imported.Value.Single(), RevocationReason.Superseded, null));
            Assert.Equal("AuthorityIssuerElsewhere", error.ErrorId);
        }
    }

    [Fact]
    public void A_subordinate_without_its_issuer_is_not_called_wrongly_signed()
    {
        _store.Root();
        CaAuthority issuing = _store.Issuing();
        using var other = new TestStore();
        File.WriteAllText(other.File("sub.pem"), issuer(issuing));
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("sub.pem")), Name = "Sub" });
        AssertNotChecked(other, "Sub");

        // With its issuer it can be checked, and nothing is left to say.
        File.WriteAllText(other.File("root.pem"), _store.Engine.Authorities.Get("Root").ToPem());
        other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(other.File("root.pem")), Name = "Root" });
        Assert.DoesNotContain(other.Engine.Care.Test().Findings, finding => finding.Kind.StartsWith("Signature", StringComparison.Ordinal));

        static string issuer(CaAuthority authority) => authority.ToPem();
    }

    [Fact]
    public void A_root_whose_own_signature_is_wrong_is_refused()
    {
        byte[] der = _store.Root().ToDer();
        der[^1] ^= 1;
        File.WriteAllBytes(_store.File("forged.der"), der);
        using var other = new TestStore();
        CaException error = Assert.ThrowsAny<CaException>(() => other.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("forged.der")) }));
        Assert.Equal("ImportSignatureInvalid", error.ErrorId);
        Assert.False(_store.Engine.Tester.Test(CertificateTestRequest.ForFile(_store.File("forged.der"))).Passed);
    }

    public void Dispose() => _store.Dispose();

    private static void AssertNotChecked(TestStore store, string name)
    {
        CaStoreTestResult result = store.Engine.Care.Test();
        Assert.True(result.Passed, string.Join("; ", result.Findings.Select(finding => finding.Message)));
        CaStoreFinding finding = Assert.Single(result.Findings, finding => finding.Kind == "SignatureNotChecked");
        Assert.Equal(name, finding.Target);
        Assert.Equal(FindingSeverity.Information, finding.Severity);
    }

    private CaCertificate[] CrossSign(KeyType type, int? pathLength)
    {
        _store.Engine.Authorities.Create(TestStore.Authority("Root", pathLength: pathLength, type: type));
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Root", Key = AuthorityKey.ReplaceAndCrossSign });
        return [.. _store.Engine.Certificates.List(new CertificateFilter())];
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using PSCertAuthority.Validation;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>Serial numbers and extensions that no certificate should have, and some have: refused before they are stored, or they work.</summary>
public sealed class OddCertificateTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly OddCertificates _odd;

    public OddCertificateTests() => _odd = new OddCertificates(_store);

    [JudgedTheory("openssl")]
    [InlineData("-1", "ImportSerialNumberNegative")]
    [InlineData("-299155989", "ImportSerialNumberNegative")]
    [InlineData("0x5B7D3F0011223344556677889900AABBCCDDEEFF00112233445566778899001122334455667788990011223344556677889900112233445566778899001122334455", "ImportSerialNumberTooLong")]
    public void An_authority_whose_serial_number_cannot_be_stored_is_refused_and_nothing_changes(string serial, string id)
    {
        string path = _odd.SelfSigned("Odd", serial, OddCertificates.Authority);
        Assert.Equal(id, Assert.ThrowsAny<CaException>(() => Import(path)).ErrorId);
        AssertUnharmed();
    }

    [JudgedTheory("openssl")]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("0x80")]
    [InlineData("0xFF11223344556677889900AABBCCDDEEFF00112233")]
    [InlineData("0x7B11223344556677889900AABBCCDDEEFF0011223344556677889900AABBCCDDEEFF0011223344556677889900AABBCCDDEEFF001122334455667788990011")]
    public void Serial_numbers_of_zero_and_of_more_than_twenty_bytes_work_everywhere(string serial)
    {
        Import(_odd.SelfSigned("Odd", serial, OddCertificates.Authority));
        string leaf = _odd.Signed("a.example.com", "Odd", serial == "1" ? "2" : serial == "0" ? "0" : serial + "01", "basicConstraints=CA:FALSE");
        CaCertificate imported = ImportCertificate(leaf);
        _store.Engine.Revocations.Revoke(imported.SerialNumber, RevocationReason.Superseded, null);
        File.WriteAllText(_store.File("odd.crl"), _store.Engine.Crls.Create("Odd", null, TimeSpan.FromDays(1)).ToPem());
        Assert.Contains("certificate revoked", Tool.Run("openssl", "verify", "-crl_check", "-CAfile", _store.File("Odd.pem"), "-CRLfile", _store.File("odd.crl"), leaf).Output);
        Assert.Equal(CertificateStatus.Revoked, _store.Engine.Certificates.Get(imported.SerialNumber).Status);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedFact("openssl")]
    public void A_certificate_with_a_negative_serial_number_is_refused_and_tested_without_harm()
    {
        Import(_odd.SelfSigned("Good", "1", OddCertificates.Authority));
        string leaf = _odd.Signed("a.example.com", "Good", "-18", "basicConstraints=CA:FALSE");
        Assert.Equal("ImportSerialNumberNegative", Assert.ThrowsAny<CaException>(() => ImportCertificate(leaf)).ErrorId);
        CaCertificateTestResult result = _store.Engine.Tester.Test(CertificateTestRequest.ForFile(leaf));
        Assert.Equal("-12", result.SerialNumber);
        Assert.False(result.Checks.Single(check => check.Check == "SerialNumber").Passed);
        AssertUnharmed();
    }

    [JudgedFact("openssl")]
    public void A_directory_with_negative_serial_numbers_and_a_broken_certificate_comes_without_these()
    {
        var old = new OpenSslDirectory(_store.File("ca"));
        old.Issue("good.example.com");
        string broken = old.Issue("broken.example.com");
        File.AppendAllText(old.File("index.txt"), "V\t350101000000Z\t\t-12\tunknown\t/CN=negative\nR\t350101000000Z\t260101000000Z\t-13\tunknown\t/CN=revoked\n");
        string stored = Directory.GetFiles(old.File("newcerts")).Single(path => File.ReadAllText(path) == File.ReadAllText(broken));
        byte[] der = Convert.FromBase64String(string.Concat(File.ReadLines(stored).Where(line => !line.StartsWith('-'))));
        int keyIdentifier = der.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x55, 0x1D, 0x23, 0x04]);
        der[keyIdentifier + 5] = 0x04;
        File.WriteAllText(stored, "-----BEGIN CERTIFICATE-----\n" + Convert.ToBase64String(der) + "\n-----END CERTIFICATE-----\n");

        Issued<IReadOnlyList<string>> imported = _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new OpenSslSource(old.Path), Name = "Old" });
        Assert.Equal(2, imported.Warnings.Count(warning => warning.Contains("negative")));
        Assert.Single(imported.Warnings, warning => warning.Contains("Authority Key Identifier") && warning.Contains("not imported"));
        Assert.Equal("good.example.com", _store.Engine.Certificates.List(new CertificateFilter()).Single().CommonName);
        Assert.Equal(0, _store.Engine.Crls.Create("Old", null, TimeSpan.FromDays(1)).EntryCount);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedTheory("openssl")]
    [InlineData("Name Constraints", OddCertificates.Authority, "nameConstraints=critical,DER:3004A000A100")]
    [InlineData("Name Constraints", OddCertificates.Authority, "nameConstraints=critical,DER:3000")]
    [InlineData("Name Constraints", OddCertificates.Authority, "nameConstraints=DER:0500")]
    [InlineData("Basic Constraints", "basicConstraints=critical,DER:300A0101FF02050100000000")]
    [InlineData("Basic Constraints", "basicConstraints=critical,DER:30060101FF0201FF")]
    [InlineData("Basic Constraints", "basicConstraints=critical,DER:30060101FF020180")]
    [InlineData("CRL Distribution Points", OddCertificates.Authority, "crlDistributionPoints=DER:040100")]
    [InlineData("CRL Distribution Points", OddCertificates.Authority, "crlDistributionPoints=DER:3003020101")]
    [InlineData("Authority Information Access", OddCertificates.Authority, "authorityInfoAccess=DER:040100")]
    [InlineData("Authority Information Access", OddCertificates.Authority, "authorityInfoAccess=DER:3000")]
    [InlineData("Extended Key Usage", OddCertificates.Authority, "extendedKeyUsage=DER:3003020101")]
    [InlineData("Key Usage", OddCertificates.Authority, "keyUsage=DER:0500")]
    [InlineData("Subject Alternative Name", OddCertificates.Authority, "subjectAltName=DER:0500")]
    [InlineData("Subject Key Identifier", OddCertificates.Authority, "subjectKeyIdentifier=DER:020101")]
    [InlineData("Authority Key Identifier", OddCertificates.Authority, "authorityKeyIdentifier=DER:0401FF")]
    public void A_broken_extension_of_an_authority_is_found_at_import_and_named(string extension, params string[] extensions)
    {
        string path = _odd.SelfSigned("Odd", "1", extensions);
        CaException error = Assert.ThrowsAny<CaException>(() => Import(path));
        Assert.Equal("CertificateExtensionInvalid", error.ErrorId);
        Assert.Contains(extension, error.Message);
        AssertUnharmed();
    }

    [JudgedTheory("openssl")]
    [InlineData("CRL Distribution Points", "crlDistributionPoints=DER:040100")]
    [InlineData("Authority Information Access", "authorityInfoAccess=DER:3000")]
    public void A_broken_extension_of_a_certificate_is_named_by_import_and_test(string extension, string content)
    {
        Import(_odd.SelfSigned("Good", "1", OddCertificates.Authority));
        string leaf = _odd.Signed("a.example.com", "Good", "2", content);
        foreach (Action act in new Action[] { () => ImportCertificate(leaf), () => _store.Engine.Tester.Test(CertificateTestRequest.ForFile(leaf)) })
        {
            CaException error = Assert.ThrowsAny<CaException>(act);
            Assert.Equal("CertificateExtensionInvalid", error.ErrorId);
            Assert.Contains(extension, error.Message);
        }

        AssertUnharmed();
    }

    public void Dispose() => _store.Dispose();

    private void AssertUnharmed()
    {
        CaAuthority root = _store.Root();
        Assert.Contains(root.Name, _store.Engine.Authorities.List().Select(authority => authority.Name));
        _store.Issue("/CN=b.example.com");
        Assert.Equal(["b.example.com"], _store.Engine.Certificates.List(new CertificateFilter()).Select(certificate => certificate.CommonName));
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    private void Import(string path) => _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(path, Path.ChangeExtension(path, ".key")) });

    private CaCertificate ImportCertificate(string path) =>
        _store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = File.ReadAllBytes(path), Source = $"'{path}'" }).Single();
}

using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>An object or encoded certificate is that one alone; a text is a whole serial number before it is anything else (SPEC, section 1).</summary>
public sealed class CertificateIdentityTests : IDisposable
{
    private readonly TestStore _store = new();

    public CertificateIdentityTests() => _store.Root();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("colons")]
    [InlineData("spaces")]
    [InlineData("lower")]
    [InlineData("0x")]
    [InlineData("00")]
    [InlineData("00 with spaces")]
    [InlineData("mark of Windows")]
    [InlineData("sha1")]
    [InlineData("sha1 with colons")]
    [InlineData("sha256")]
    public void A_certificate_is_named_by_its_serial_number_and_thumbprint_in_every_spelling(string spelling)
    {
        _store.Issue("/CN=other.example.com");
        CaCertificate certificate = _store.Issue("/CN=a.example.com");
        string digits = certificate.SerialNumber.Replace(":", "", StringComparison.Ordinal);
        string text = spelling switch
        {
            "colons" => certificate.SerialNumber,
            "spaces" => certificate.SerialNumber.Replace(':', ' '),
            "lower" => digits.ToLowerInvariant(),
            "0x" => "0x" + digits,
            "00" => "00" + digits,
            "00 with spaces" => " 00 " + certificate.SerialNumber.Replace(':', ' '),
            "mark of Windows" => "\u200e" + certificate.SerialNumber.Replace(':', ' '),
            "sha1" => certificate.Thumbprint,
            "sha1 with colons" => certificate.Sha1Fingerprint.ToLowerInvariant(),
            _ => certificate.Sha256Fingerprint,
        };
        Assert.Equal("a.example.com", _store.Engine.Certificates.Get(text).CommonName);
    }

    [Fact]
    public void A_complete_serial_number_goes_before_a_common_name_that_reads_so()
    {
        CaCertificate target = _store.Issue("/CN=target.example.com");
        string digits = target.SerialNumber.Replace(":", "", StringComparison.Ordinal);
        _store.Issue("/CN=" + digits);
        _store.Issue("/CN=" + target.Thumbprint);
        Assert.Equal("target.example.com", _store.Engine.Certificates.Get(digits).CommonName);
        Assert.Equal("target.example.com", _store.Engine.Certificates.Get(target.Thumbprint).CommonName);
    }

    [Fact]
    public void A_prefix_that_is_the_common_name_of_another_is_ambiguous()
    {
        CaCertificate target = _store.Issue("/CN=target.example.com");
        string start = target.SerialNumber.Replace(":", "", StringComparison.Ordinal)[..12];
        _store.Issue("/CN=" + start);
        CaCertificateException error = Assert.Throws<CaCertificateException>(() => _store.Engine.Revocations.Revoke(start, RevocationReason.Superseded, null));
        Assert.Equal("CertificateAmbiguous", error.ErrorId);
        Assert.Contains(target.SerialNumber, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _store.Engine.Certificates.GetAll(start).Count());
    }

    [Fact]
    public void A_serial_number_of_several_authorities_is_told_with_them()
    {
        CaCertificate target = _store.Issue("/CN=target.example.com");
        CaAuthority other = _store.Engine.Authorities.Create(TestStore.Authority("Other")).Value;
        new CaStore(_store.StorePath).Write(unit =>
        {
            unit.Certificates.InsertMany([unit.Certificates.FindBySerialNumber(target.StoredSerialNumber)[0] with { AuthorityId = other.Id, Number = null }]);
            return true;
        });
        CaCertificateException error = Assert.Throws<CaCertificateException>(() => _store.Engine.Certificates.Get(target.SerialNumber));
        Assert.Equal("CertificateAmbiguous", error.ErrorId);
        Assert.Contains($"of '{target.Authority}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("of 'Other'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Give more of the serial number", error.Message, StringComparison.Ordinal);
        Assert.Equal("Other", _store.Engine.Certificates.Get(Assert.Single(_store.Engine.Certificates.List(new CertificateFilter { Authority = "Other" }))).Authority);
    }

    [Fact]
    public void A_foreign_certificate_is_found_neither_by_its_name_nor_by_its_serial_number()
    {
        CaCertificate own = _store.Issue("/CN=a.example.com");
        byte[] serial = own.ToX509Certificate2().SerialNumberBytes.ToArray();
        AssertNotFound(Foreign("CN=a.example.com", serial));
        AssertNotFound(Foreign("CN=other", [serial[0]]));
        AssertNotFound(Foreign("CN=" + own.SerialNumber, [1]));
    }

    [Fact]
    public void A_certificate_of_the_store_is_found_by_its_encoding()
    {
        for (int i = 0; i < 4; i++)
        {
            CaCertificate own = _store.Issue($"/CN=www{i}.example.com");
            Assert.Equal(own.SerialNumber, _store.Engine.Certificates.Get(new CertificateIdentity(own.ToX509Certificate2())).SerialNumber);
        }
    }

    [Fact]
    public void An_object_of_another_store_is_refused()
    {
        using var other = new TestStore();
        other.Root();
        CaCertificate foreign = other.Issue("/CN=a.example.com");
        _store.Issue("/CN=a.example.com");
        Assert.Equal("CertificateOfOtherStore", Assert.Throws<CaCertificateException>(() => _store.Engine.Certificates.Get(foreign)).ErrorId);
        Assert.Equal("CertificateOfOtherStore", Assert.Throws<CaCertificateException>(() => _store.Engine.Revocations.Revoke(foreign, RevocationReason.Superseded, null)).ErrorId);
    }

    [Fact]
    public void An_object_whose_record_was_removed_names_no_other()
    {
        _store.Engine.Authorities.Create(TestStore.Authority("Old"));
        CaCertificate stale = _store.Issue("/CN=a.example.com", "Old");
        _store.Engine.Authorities.Remove("Old", LiveCertificates.Abandon, KeyDisposal.Delete);
        _store.Engine.Authorities.Create(TestStore.Authority("Old"));
        _store.Issue("/CN=a.example.com", "Old");
        Assert.Equal("CertificateNotFound", Assert.Throws<CaCertificateException>(() => _store.Engine.Certificates.Get(stale)).ErrorId);
    }

    [Fact]
    public void A_row_of_a_table_is_of_its_authority_alone()
    {
        CaCertificate own = _store.Issue("/CN=a.example.com");
        Assert.Equal(own.SerialNumber, Find("Root").SerialNumber);
        Assert.Equal(own.SerialNumber, Find(own.ToX509Certificate2().Issuer).SerialNumber);
        Assert.Equal("CertificateNotFound", Assert.Throws<CaCertificateException>(() => Find("Other")).ErrorId);
        Assert.Equal("CertificateNotFound", Assert.Throws<CaCertificateException>(() => Find("CN=Other")).ErrorId);

        CaCertificate Find(string authority) => _store.Engine.Certificates.Get(new CertificateIdentity(own.SerialNumber, authority, keyPath: null));
    }

    [Fact]
    public void The_certificate_of_an_authority_says_where_it_is_found()
    {
        CaAuthority root = _store.Engine.Authorities.Get("Root");
        Assert.Contains("'Root'", Assert.Throws<CaCertificateException>(() => _store.Engine.Certificates.Get(new CertificateIdentity(root.ToX509Certificate2()))).Message, StringComparison.Ordinal);
        Assert.Contains("'Root'", Assert.Throws<CaCertificateException>(() => _store.Engine.Certificates.Get(root.SerialNumber)).Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 Foreign(string subject, byte[] serial)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        return request.Create(
            new X500DistinguishedName("CN=Elsewhere"), X509SignatureGenerator.CreateForECDsa(key), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9), serial);
    }

    private void AssertNotFound(X509Certificate2 foreign) =>
        Assert.Equal("CertificateNotFound", Assert.Throws<CaCertificateException>(() => _store.Engine.Certificates.Get(new CertificateIdentity(foreign))).ErrorId);
}

using System;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>The URL of a new key is another one than that of the old key, and fits the name of its file.</summary>
public sealed class SuccessorUrlTests
{
    private const string Old = "0123456789ABCDEF", New = "FEDCBA9876543210";

    [Theory]
    [InlineData("http://pki.example.com/issuing.crl", "http://pki.example.com/issuing-2.crl")]
    [InlineData("http://pki.example.com/Issuing-delta.crl", "http://pki.example.com/Issuing-2-delta.crl")]
    [InlineData("http://pki.example.com/issuing.crl.pem", "http://pki.example.com/issuing-2.crl.pem")]
    [InlineData("http://pki.example.com/crl/my-ca.crl", "http://pki.example.com/crl/my-ca-2.crl")]
    [InlineData("http://pki.example.com/my-ca-delta.crl", "http://pki.example.com/my-ca-2-delta.crl")]
    [InlineData("http://pki.example.com/issuingca.crl", "http://pki.example.com/issuingca-2.crl")]
    [InlineData("https://pki.example.com:8443/a.b/ca.v1.crl?x=1.crl#y", "https://pki.example.com:8443/a.b/ca.v1-2.crl?x=1.crl#y")]
    [InlineData("http://pki.example.com/crl", "http://pki.example.com/crl-2")]
    [InlineData("http://pki.example.com/crl/", "http://pki.example.com/crl-2/")]
    [InlineData("http://pki.example.com/", "http://pki.example.com/2")]
    [InlineData("http://pki.example.com", "http://pki.example.com/2")]
    [InlineData("http://pki.example.com?ca=1", "http://pki.example.com/2?ca=1")]
    [InlineData("http://127.0.0.1:8888/crl/0123456789ABCDEF/", "http://127.0.0.1:8888/crl/FEDCBA9876543210/")]
    [InlineData("http://127.0.0.1:8888/crl/0123456789abcdef/", "http://127.0.0.1:8888/crl/fedcba9876543210/")]
    [InlineData("http://127.0.0.1:8888/crl/01:23:45:67:89:AB:CD:EF/?format=pem", "http://127.0.0.1:8888/crl/FE:DC:BA:98:76:54:32:10/?format=pem")]
    [InlineData("ldap:///CN=Issuing,CN=CDP,DC=example?certificateRevocationList?base", "ldap:///CN=Issuing-2,CN=CDP,DC=example?certificateRevocationList?base")]
    [InlineData("ldap://dc.example.com/CN=Issuing?certificateRevocationList", "ldap://dc.example.com/CN=Issuing-2?certificateRevocationList")]
    [InlineData("ftp://pki.example.com/issuing.crl", "ftp://pki.example.com/issuing-2.crl")]
    public void The_second_key_gets_a_number(string url, string expected)
    {
        string second = Url(1, 2).Of(url);
        Assert.Equal(expected, second);
        Assert.True(Uri.TryCreate(second, UriKind.Absolute, out _));
        // The third key's number takes the place of the second's; the serial number stands for it where there is one.
        if (!expected.Contains(New, StringComparison.OrdinalIgnoreCase) && !expected.Contains("FE:DC", StringComparison.Ordinal))
            Assert.Equal(Url(1, 3).Of(url), Url(2, 3).Of(second));
    }

    [Fact]
    public void A_url_of_ocsp_changes_only_where_it_has_the_serial_number()
    {
        Assert.Equal("http://ocsp.example.com/issuing.ocsp", Url(1, 2).WithSerialNumber("http://ocsp.example.com/issuing.ocsp"));
        Assert.Equal($"http://127.0.0.1/ocsp/{New}/", Url(1, 2).WithSerialNumber($"http://127.0.0.1/ocsp/{Old}/"));
    }

    private static SuccessorUrl Url(int from, int to) => new(Authority(from, Old), Authority(to, New));

    private static AuthorityRecord Authority(int number, string serial) => new()
    {
        Name = "Issuing", FileName = "Issuing" + (number > 1 ? $"-{number}" : string.Empty), KeyNumber = number, SerialNumber = serial, Subject = "/CN=Issuing", CommonName = "Issuing",
        NotBefore = DateTime.UnixEpoch, NotAfter = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch, Certificate = [], KeyFile = "x.key", DigestAlgorithm = "sha256",
    };
}

using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Extensions;

/// <summary>What is asked for by name goes before what the request holds, and that before the profile.</summary>
public sealed class RequestPrecedenceTests : IDisposable
{
    private readonly TestStore _store = new();

    public RequestPrecedenceTests()
    {
        _store.Root();
        _store.Engine.Profiles.Set("webserver", profile => profile with
        {
            RequestKeyUsage = X509KeyUsageFlags.NonRepudiation, RequestExtendedKeyUsage = ["codeSigning"], RequestPolicy = ["1.2.3"],
        });
    }

    [Fact]
    public void The_request_goes_before_the_profile_where_it_is_to_be_used()
    {
        CaCertificate certificate = Issue(request => request with { UseRequestExtension = true });
        Assert.Equal("Non Repudiation", Words(certificate, "Key Usage"));
        Assert.Equal("Code Signing", Words(certificate, "Extended Key Usage"));
        Assert.Equal("1.2.3", Words(certificate, "Certificate Policies"));
        Assert.Equal("Must Staple (status_request)", Words(certificate, "TLS Feature"));
        Assert.Null(Words(certificate, "Netscape Comment"));
    }

    [Fact]
    public void The_request_is_not_trusted_by_itself()
    {
        CaCertificate certificate = Issue(request => request);
        Assert.Equal("Digital Signature, Key Agreement", Words(certificate, "Key Usage"));
        Assert.Equal("TLS Server Authentication", Words(certificate, "Extended Key Usage"));
        Assert.Null(Words(certificate, "Certificate Policies"));
        Assert.Null(Words(certificate, "TLS Feature"));
    }

    [Fact]
    public void What_is_asked_for_by_name_goes_before_both()
    {
        CaCertificate certificate = Issue(request => request with
        {
            UseRequestExtension = true,
            KeyUsage = X509KeyUsageFlags.DigitalSignature,
            ExtendedKeyUsage = ExtendedKeyUsageNames.Parse(["clientAuth"]),
            ExtendedKeyUsageCritical = true,
            CertificatePolicies = [CertificatePolicy.Create("domain-validated")],
            MustStaple = true,
        });
        Assert.Equal("Digital Signature", Words(certificate, "Key Usage"));
        Assert.Equal("TLS Client Authentication", Words(certificate, "Extended Key Usage"));
        Assert.True(certificate.Extensions.Single(e => e.Name == "Extended Key Usage").Critical);
        Assert.Equal("Domain Validated (2.23.140.1.2.1)", Words(certificate, "Certificate Policies"));
        Assert.Equal("Must Staple (status_request)", Words(certificate, "TLS Feature"));
    }

    [Fact]
    public void An_empty_list_leaves_the_extension_out()
    {
        CaCertificate certificate = Issue(request => request with { KeyUsage = X509KeyUsageFlags.None, ExtendedKeyUsage = [] });
        Assert.Null(Words(certificate, "Key Usage"));
        Assert.Null(Words(certificate, "Extended Key Usage"));
    }

    [Theory]
    [InlineData("2.5.29.37", "0500")]
    [InlineData("2.5.29.37", "30")]
    [InlineData("2.5.29.15", "0500")]
    [InlineData("2.5.29.32", "3080")]
    [InlineData("1.3.6.1.5.5.7.1.24", "")]
    public void Damaged_extensions_of_a_request_are_refused(string oid, string value)
    {
        IssueOutcome outcome = TryIssue(request => request with { UseRequestExtension = true }, new X509Extension(oid, Convert.FromHexString(value), false));
        Assert.Equal("RequestExtensionRefused", Assert.IsType<CaIssuanceException>(outcome.Error).ErrorId);
        Assert.Equal(0, _store.Engine.Describe().CertificateCount);
    }

    public void Dispose() => _store.Dispose();

    private static string? Words(CaCertificate certificate, string name) => certificate.Extensions.SingleOrDefault(e => e.Name == name)?.Description;

    private CaCertificate Issue(Func<CertificateIssueRequest, CertificateIssueRequest> change)
    {
        IssueOutcome outcome = TryIssue(change,
            new X509KeyUsageExtension(X509KeyUsageFlags.NonRepudiation, true), new X509Extension("2.5.29.37", Convert.FromHexString("300A06082B06010505070303"), false),
            new X509Extension("2.5.29.32", Convert.FromHexString("3006300406022A03"), false), new X509Extension("1.3.6.1.5.5.7.1.24", [0x30, 3, 2, 1, 5], false),
            new X509Extension("2.16.840.1.113730.1.13", [0x16, 1, 0x41], false));
        return outcome.Certificate ?? throw outcome.Error!;
    }

    private IssueOutcome TryIssue(Func<CertificateIssueRequest, CertificateIssueRequest> change, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in extensions)
            csr.CertificateExtensions.Add(extension);
        return _store.TryIssue(change(new CertificateIssueRequest
        {
            Authority = "Root",
            Request = CertificateRequestReader.Read(csr.CreateSigningRequest(), "test"),
            Subject = DistinguishedName.Parse("/CN=a.example.com"),
        }));
    }
}

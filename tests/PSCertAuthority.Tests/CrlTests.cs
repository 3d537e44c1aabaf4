using System;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Export-CaCrl in full: deltas, scopes, and the files they go to.</summary>
public sealed class CrlTests : IDisposable
{
    private const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    private const string Sha512WithRsa = "1.2.840.113549.1.1.13";

    private readonly ModuleSession _session = new();

    public CrlTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC -DeltaCrlUrl http://crl.example.com/root-delta.crl
        $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
        """);

    [Fact]
    public void Deltas_and_parts_go_to_files_of_their_own()
    {
        _session.Run("Get-CaAuthority | Export-CaCrl -Directory crl; $cert | Suspend-CaCertificate; Get-CaAuthority | Export-CaCrl -Delta -Directory crl");
        _session.Run("Export-CaCrl Root -Only User -OnlyReason CertificateHold, KeyCompromise -DistributionPoint http://crl.example.com/user.crl -Directory crl -Format Der");
        Assert.Equal(["Root-delta.crl.pem", "Root-user-keycompromise-certificatehold.crl", "Root.crl.pem"], Directory.GetFiles(_session.PathOf("crl")).Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(n => n!));
        Assert.Equal("3", Text("(Get-CaAuthority Root).LastCrlNumber"));
        Assert.Equal("False", Text("$cert | Test-CaCertificate -CrlPath crl/Root.crl.pem, crl/Root-delta.crl.pem -Quiet"));
        Assert.Equal("True", Text("$cert | Test-CaCertificate -CrlPath crl/Root.crl.pem -Quiet"));
        Assert.Equal("http://crl.example.com/root-delta.crl", Text("(Get-CaAuthority Root).DeltaCrlUrl"));
        Assert.Contains("delta to 1", Text("(Get-CaAuditRecord | Where-Object Act -eq CrlIssued)[1].Detail"));
    }

    [Fact]
    public void What_cannot_be_made_is_refused()
    {
        Assert.Equal("CrlBaseMissing", _session.ErrorIdOf("Export-CaCrl Root -Delta"));
        Assert.Equal("CrlReasonInvalid", _session.ErrorIdOf("Export-CaCrl Root -OnlyReason Unspecified"));
        Assert.Equal("UrlInvalid", _session.ErrorIdOf("Export-CaCrl Root -DistributionPoint nonsense"));
        Assert.Equal("UrlInvalid", _session.ErrorIdOf("Set-CaAuthority Root -DeltaCrlUrl nonsense"));
        Assert.Equal("0", Text("(Get-CaAuthority Root).LastCrlNumber"));
        Assert.Contains("Attribute", _session.Complete("Export-CaCrl Root -Only "));
    }

    [Fact]
    public void Format_digest_and_life_are_as_asked_for_and_else_pem_the_authoritys_own_and_a_day()
    {
        _session.Run("$null = New-CaAuthority Signer -KeySize 2048; Export-CaCrl Signer -Path a.crl; Export-CaCrl Signer -Path b.crl -Format Der -DigestAlgorithm Sha256 -ExpiresIn 02:00:00");
        string pem = File.ReadAllText(_session.PathOf("a.crl"));
        Assert.StartsWith("-----BEGIN X509 CRL-----", pem, StringComparison.Ordinal);
        byte[] der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        Assert.Equal((Sha512WithRsa, TimeSpan.FromDays(1)), Read(der));
        Assert.Equal((Sha256WithRsa, TimeSpan.FromHours(2)), Read(File.ReadAllBytes(_session.PathOf("b.crl"))));
    }

    /// <summary>Signature algorithm, and the time from thisUpdate to nextUpdate (RFC 5280, section 5.1).</summary>
    private static (string Algorithm, TimeSpan Life) Read(byte[] crl)
    {
        AsnReader content = new AsnReader(crl, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        content.ReadInteger();
        string algorithm = content.ReadSequence().ReadObjectIdentifier();
        content.ReadSequence();
        DateTimeOffset thisUpdate = content.ReadUtcTime();
        return (algorithm, content.ReadUtcTime() - thisUpdate);
    }

    private string Text(string script) => _session.Run(script).Single().ToString();

    public void Dispose() => _session.Dispose();
}

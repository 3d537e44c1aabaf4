using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Export-CaCrl in full: deltas, scopes, and the files they go to.</summary>
public sealed class CrlTests : IDisposable
{
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
        Assert.Equal(["Root-delta.crl.pem", "Root-user.crl", "Root.crl.pem"], Directory.GetFiles(_session.PathOf("crl")).Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(n => n!));
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

    private string Text(string script) => _session.Run(script).Single().ToString();

    public void Dispose() => _session.Dispose();
}

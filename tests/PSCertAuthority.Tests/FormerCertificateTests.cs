using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What names an authority by a former certificate names, for cmdlets on the certificate, that certificate, and never the present one.</summary>
public sealed class FormerCertificateTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public FormerCertificateTests() => _session.Run("""
        $PSDefaultParameterValues['*:Confirm'] = $false
        function Pass([Parameter(ValueFromPipeline)]$Object) { process { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Object, 1)) } }
        function Platform($Object) { [Security.Cryptography.X509Certificates.X509Certificate2]::new([byte[]]$Object.RawData) }
        function Row($Object) {
            $cells = [ordered]@{}; $Object.PSObject.Properties | ForEach-Object { $cells[$_.Name] = $_.Value -is [array] ? "$($_.Value.GetType())" : "$($_.Value)" }
            [pscustomobject]$cells
        }
        function TypedRow($Object) { $row = Row $Object; $row.PSTypeNames.Insert(0, 'CSV:PSCertAuthority.Authorities.CaAuthority'); $row }
        function SerialOf($Pem) { [BitConverter]::ToString([Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem("$Pem").SerialNumberBytes.ToArray()).Replace('-', ':') }
        function Revoked { Get-CaCertificate -Status Revoked, Suspended | ForEach-Object SerialNumber; Get-CaAuthority | Where-Object Status -eq Revoked | ForEach-Object SerialNumber }
        $root = New-CaAuthority Root -KeyType EC -PathLength 2
        $old = New-CaAuthority Issuing -Parent Root -KeyType EC
        $new = $old | Update-CaAuthority
        """);

    public static TheoryData<string> Forms =>
        ["$old", "($old | Pass)", "(Row $old)", "(TypedRow $old)", "(Platform $old)", "$old.ToPem()", "$old.SerialNumber", "[pscustomobject]@{ Name = 'Issuing'; SerialNumber = $old.SerialNumber }"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Revoking_revokes_it_alone(string form)
    {
        _session.Run($"{form} | Revoke-CaCertificate -Reason Superseded");
        Assert.Equal(_session.Run("$old.SerialNumber"), _session.Run("Revoked"));
        Assert.Equal("Valid", _session.Run("(Get-CaAuthority Issuing).Status").Single().ToString());
        Assert.Equal("CertificateRevokedBefore", _session.ErrorIdOf($"{form} | Revoke-CaCertificate -Reason Superseded"));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_parameter_for_authorities_revokes_it_alone_too(string form)
    {
        Assert.Equal(_session.Run("$old.SerialNumber"), _session.Run($"(Revoke-CaCertificate -Authority ({form}) -Reason Superseded -PassThru).SerialNumber"));
        Assert.Equal(_session.Run("$old.SerialNumber"), _session.Run("Revoked"));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Cmdlets_on_a_certificate_work_on_it(string form)
    {
        string old = _session.Run("$old.SerialNumber").Single().ToString();
        Assert.Equal(old, Single($"SerialOf ({form} | Export-CaCertificate)"));
        Assert.Equal(old, Single($"SerialOf ({form} | Export-CaAuthority)"));
        Assert.Equal(old, Single($"({form} | Test-CaCertificate).SerialNumber"));
        Assert.Equal(old, Single($"({form} | Suspend-CaCertificate -PassThru).SerialNumber"));
        Assert.Equal(old, Single($"({form} | Resume-CaCertificate -PassThru).SerialNumber"));
        Assert.Equal(old, Single($"({form} | Add-CaWatcher -Watcher ann@example.com -PassThru).SerialNumber"));
        Assert.Equal("CertificateIsAuthority", _session.ErrorIdOf($"{form} | Update-CaCertificate -Force"));
        Assert.Empty(_session.Run("Revoked"));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Cmdlets_on_an_authority_work_on_the_authority(string form)
    {
        Assert.Equal("Issuing", Single($"(Get-CaAuthority ({form})).Name"));
        Assert.Equal("Issuing", Single($"({form} | Set-CaAuthority -OcspUrl http://o.example.com -PassThru).Name"));
        Assert.Equal("Issuing", Single($"(New-CaCertificate -Authority ({form}) -GenerateKey -KeyPath k.key -Subject /CN=a).Authority"));
        _session.Run($"{form} | Export-CaCrl -Path i.crl");
        Assert.Equal("1", Single("(Get-CaAuthority Issuing).LastCrlNumber"));
    }

    [Fact]
    public void The_chain_of_a_former_certificate_is_without_the_present_one()
    {
        Assert.Equal("2", Single("([regex]::Matches(($old | Export-CaAuthority -IncludeChain), 'BEGIN')).Count"));
        _session.Run("$before = $root; $null = $root | Update-CaAuthority");
        Assert.Equal("1", Single("([regex]::Matches(($before | Export-CaAuthority -IncludeChain), 'BEGIN')).Count"));
    }

    [Fact]
    public void The_former_certificate_of_a_root_is_on_no_CRL()
    {
        _session.Run("$null = $root | Update-CaAuthority");
        Assert.Equal("RootNotRevocable", _session.ErrorIdOf("$root | Revoke-CaCertificate"));
        Assert.Equal("RootNotRevocable", _session.ErrorIdOf("(Platform $root) | Revoke-CaCertificate"));
    }

    [Fact]
    public void Revoking_the_present_one_revokes_both()
    {
        _session.Run("$new | Revoke-CaCertificate -Reason CessationOfOperation");
        Assert.Equal(2, _session.Run("Revoked").Count);
    }

    private string Single(string script) => _session.Run(script).Single().ToString();

    public void Dispose() => _session.Dispose();
}

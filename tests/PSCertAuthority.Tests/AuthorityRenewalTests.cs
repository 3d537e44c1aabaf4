using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Update-CaAuthority: the same key or a new one, asked for as administrators ask.</summary>
public sealed class AuthorityRenewalTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public AuthorityRenewalTests() => _session.Run("""
        $root = New-CaAuthority Root -KeyType EC -ValidDays 100 -CrlUrl http://crl.example.com/root.crl
        $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -ValidDays 5
        """);

    [Fact]
    public void The_renewed_authority_comes_out_and_what_it_issued_is_accepted()
    {
        _session.Run("$new = Get-CaAuthority | Update-CaAuthority -ValidDays 200");
        Assert.Equal("True", Text("$new.PublicKeyPin -eq $root.PublicKeyPin -and $new.SerialNumber -ne $root.SerialNumber"));
        Assert.Equal("200", Text("[math]::Round(($new.NotAfter - $new.NotBefore).TotalDays)"));
        Assert.Equal("True", Text("$cert | Test-CaCertificate -Quiet"));
        Assert.Equal("AuthorityRenewed", Text("(Get-CaAuditRecord)[-1].Act"));
        Assert.Equal("True", Text("(Get-CaCertificate $root.SerialNumber).ReplacedBy -eq $new.SerialNumber"));
    }

    [Fact]
    public void A_new_key_takes_the_name_and_the_old_one_a_number()
    {
        _session.Run("$new = Update-CaAuthority Root -NewKey -KeyType RSA -KeySize 2048 -CrossSign");
        Assert.Contains(_session.Warnings, warning => warning.Contains("http://crl.example.com/root-2.crl") && warning.Contains("'Root-1'"));
        Assert.Contains(_session.Warnings, warning => warning.Contains("'Root-2'") && warning.Contains("'Root'"));
        Assert.Contains(_session.Warnings, warning => warning.Contains("path length"));
        Assert.Equal("http://crl.example.com/root-2.crl http://crl.example.com/root.crl", Text("\"$($new.CrlUrl) $((Get-CaAuthority Root-1).CrlUrl)\""));
        Assert.Equal("Root RSA 2048 Root-1", Text("\"$($new.Name) $($new.KeyType) $($new.KeySize) $($new.Replaces)\""));
        Assert.Equal("Replaced Root", Text("$old = Get-CaAuthority Root-1; \"$($old.Status) $($old.ReplacedBy)\""));
        Assert.Equal("2", Text("@(Get-CaCertificate -Subject *CN=Root).Count"));
        Assert.Equal("AuthorityReplaced", _session.ErrorIdOf("New-CaCertificate -Authority Root-1 -GenerateKey -KeyPath b.key -Subject /CN=b.example.com"));
        Assert.Equal("1", Text("$cert | Revoke-CaCertificate; Export-CaCrl Root-1 -Path old.crl; (Get-CaAuthority Root-1).LastCrlNumber"));
        Assert.Equal("True", Text("Test-CaStore -Quiet"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_the_old_keys_issued_is_renewed_by_the_newest(int times)
    {
        _session.Run($"1..{times} | ForEach-Object {{ $null = Update-CaAuthority Root -NewKey -KeyType EC -CrlUrl @() }}; $new = Get-CaCertificate -ExpiringWithin 14 | Update-CaCertificate");
        Assert.Equal("Root True True", Text("\"$($new.Authority) $($new.Replaces -eq $cert.SerialNumber) $((Get-CaCertificate $cert).ReplacedBy -eq $new.SerialNumber)\""));
        Assert.Equal("True", Text("$new | Test-CaCertificate -Quiet"));
        Assert.Equal("Root", Text("($cert | Update-CaCertificate -Force).Authority"));
        Assert.Equal("AuthorityReplaced", _session.ErrorIdOf("$cert | Update-CaCertificate -Force -Authority Root-1"));
        Assert.Contains("'Root'", _session.Errors.Last().ToString());
        Assert.Equal("True", Text("Test-CaStore -Quiet"));
    }

    [Fact]
    public void The_same_url_for_both_keys_is_warned_of()
    {
        _session.Run("$new = Update-CaAuthority Root -NewKey -CrlUrl http://crl.example.com/root.crl");
        Assert.Contains(_session.Warnings, warning => warning.Contains("same CRL URL"));
    }

    [Fact]
    public void Files_stay_with_the_key_whose_certificates_name_them()
    {
        _session.Run("Get-CaAuthority | Export-CaCrl -Directory crl; Get-CaAuthority | Export-CaAuthority -Directory ca; $null = Update-CaAuthority Root -NewKey; $null = Update-CaAuthority Root -NewKey");
        Assert.Equal("Root=Root-3 Root-1=Root Root-2=Root-2", Text("(Get-CaAuthority | ForEach-Object { \"$($_.Name)=$($_.FileName)\" }) -join ' '"));
        _session.Run("$cert | Revoke-CaCertificate; Get-CaAuthority | Export-CaCrl -Directory crl -Force; Get-CaAuthority | Export-CaCrl -Directory crl -Delta; Get-CaAuthority | Export-CaAuthority -Directory ca -Force");
        Assert.Equal(
            ["Root-2-delta.crl.pem", "Root-2.crl.pem", "Root-3-delta.crl.pem", "Root-3.crl.pem", "Root-delta.crl.pem", "Root.crl.pem"],
            Directory.GetFiles(_session.PathOf("crl")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        foreach ((string authority, string file) in new[] { ("Root-1", "Root"), ("Root-2", "Root-2"), ("Root", "Root-3") })
        {
            Assert.Equal("True", Text($"$crl = (Get-CaAuthority {authority}).ReadCrl('{_session.PathOf("crl")}/{file}.crl.pem'); -not $crl.Problem -and $crl.Names($cert.SerialNumber)"));
            Assert.Equal("True", Text($"[IO.File]::ReadAllText('{_session.PathOf("ca")}/{file}.pem').Trim() -eq ((Export-CaAuthority {authority}) -join '').Trim()"));
        }

        _session.Run("Get-CaAuthority | Export-CaCrl -Directory named -NamePattern '{CommonName}'");
        Assert.Equal(["Root-2.crl.pem", "Root-3.crl.pem", "Root.crl.pem"], Directory.GetFiles(_session.PathOf("named")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        _session.Run("Export-CaCrl Root -Path crl/Root.crl.pem -Force");
        Assert.Contains(_session.Warnings, warning => warning.Contains("'Root-1'") && warning.Contains("Root.crl.pem"));
        Assert.Equal("True", Text("Test-CaStore -Quiet"));
    }

    [Fact]
    public void A_task_that_renews_what_ends_soon_passes_over_the_certificates_of_authorities()
    {
        _session.Run("$null = Update-CaAuthority Root; $null = Update-CaAuthority Root -NewKey -CrossSign -CrlUrl @()");
        _session.Run("$null = Set-CaAuthority Root-1 -Enabled $true; $renewed = Get-CaCertificate -ExpiringWithin 200 -Authority Root | Update-CaCertificate");
        Assert.Empty(_session.Run("$renewed"));
        Assert.Equal("CertificateIsAuthority", _session.ErrorIdOf("Get-CaCertificate -Authority Root | Update-CaCertificate -Force"));
    }

    [Fact]
    public void What_if_and_refusals_change_nothing()
    {
        _session.Run("Update-CaAuthority Root -WhatIf; Update-CaAuthority Root -NewKey -CrossSign -WhatIf");
        Assert.Equal("AuthorityNotFound", _session.ErrorIdOf("Update-CaAuthority nobody"));
        Assert.Equal("RootNotRevocable", _session.ErrorIdOf("Update-CaAuthority Root -Revoke"));
        Assert.Equal("UrlInvalid", _session.ErrorIdOf("Update-CaAuthority Root -NewKey -CrlUrl nonsense"));
        Assert.Equal("KeySizeInvalid", _session.ErrorIdOf("Update-CaAuthority Root -NewKey -KeyType RSA -KeySize 1024"));
        Assert.Equal("True", Text("(Get-CaAuthority).SerialNumber -eq $root.SerialNumber"));
        Assert.Single(_session.Run("Get-CaAuthority"));
        Assert.Single(_session.Run("Get-CaCertificate"));
    }

    [Fact]
    public void Passwords_open_the_present_key_and_guard_the_new_one()
    {
        _session.Run("""
            $one = [securestring]::new(); 'first one'.ToCharArray() | ForEach-Object { $one.AppendChar($_) }
            $two = [securestring]::new(); 'second one'.ToCharArray() | ForEach-Object { $two.AppendChar($_) }
            $null = New-CaAuthority Safe -KeyType EC -Password $one
            """);
        Assert.Equal("KeyPasswordRequired", _session.ErrorIdOf("Update-CaAuthority Safe"));
        Assert.Equal("KeyPasswordWrong", _session.ErrorIdOf("Update-CaAuthority Safe -NewKey -CrossSign -Password $two"));
        _session.Run("$null = Update-CaAuthority Safe -Password $one; $null = Update-CaAuthority Safe -NewKey -NewPassword $two -CrossSign -Password $one");
        Assert.Equal("KeyPasswordWrong", _session.ErrorIdOf("Export-CaCrl Safe -Password $one"));
        Assert.Equal("2", Text("@(Export-CaCrl Safe -Password $two; Export-CaCrl Safe-1 -Password $one).Count"));
    }

    private string Text(string script) => _session.Run(script).Single().ToString();

    public void Dispose() => _session.Dispose();
}

using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Remove-CaAuthority: it asks, refuses, and says what becomes of the key.</summary>
public sealed class RemoveAuthorityTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public RemoveAuthorityTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC -PathLength 1
        $null = New-CaAuthority Sub -Parent Root -KeyType EC
        $null = New-CaCertificate -Authority Sub -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
        $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath r.key -Subject /CN=r.example.com
        """);

    [Fact]
    public void Live_certificates_and_authorities_below_keep_it()
    {
        Assert.Equal("AuthorityInUse", _session.ErrorIdOf("Remove-CaAuthority Sub -Confirm:$false"));
        Assert.Equal("AuthorityHasChildren", _session.ErrorIdOf("Remove-CaAuthority Root -Force"));
        Assert.Equal("AuthorityNotFound", _session.ErrorIdOf("Remove-CaAuthority nobody -Force"));
        Assert.Equal(2, _session.Run("Get-CaAuthority").Count);
        Assert.Equal(2, _session.Run("Get-CaCertificate").Count);
    }

    [Fact]
    public void It_asks_unless_forced()
    {
        // There is nobody to ask in this host, so asking is an error.
        _session.Invoke("Get-CaCertificate a.example.com | Revoke-CaCertificate; Remove-CaAuthority Sub");
        Assert.NotEmpty(_session.Errors);
        _session.Run("Remove-CaAuthority Sub -Force -WhatIf; $WhatIfPreference = $true; Remove-CaAuthority Sub -Force; $WhatIfPreference = $false");
        Assert.Equal(2, _session.Run("Get-CaAuthority").Count);
    }

    [Fact]
    public void What_it_issued_goes_with_it_and_the_rest_stays()
    {
        string key = _session.Run("(Get-CaAuthority Sub).KeyFile").Single().ToString();
        _session.Run("Get-CaAuthority Sub | Remove-CaAuthority -Force");
        Assert.Contains(_session.Warnings, warning => warning.Contains("stays in") && warning.Contains(key));
        Assert.Contains(_session.Warnings, warning => warning.Contains("was not revoked"));
        Assert.True(File.Exists(key));
        Assert.Equal("r.example.com", _session.Run("(Get-CaCertificate -Revoked -Expired).CommonName").Single().ToString());
        Assert.Equal("True", _session.Run("Test-CaStore -Quiet").Single().ToString());
        Assert.Equal("AuthorityRemoved", _session.Run("(Get-CaAuditRecord | Where-Object Target -eq Sub).Act")[^1].ToString());

        // The number of the removed one is given again, and must not bring anything of it back.
        _session.Run("$null = New-CaAuthority Next -Parent Root -KeyType EC; $null = Export-CaCrl Next");
        Assert.Empty(_session.Run("Get-CaCertificate -Authority Next"));
    }

    [Fact]
    public void The_key_is_deleted_only_when_asked_for_and_it_is_said()
    {
        string key = _session.Run("(Get-CaAuthority Sub).KeyFile").Single().ToString();
        _session.Run("Revoke-CaCertificate a.example.com; Revoke-CaCertificate -Authority Sub; Remove-CaAuthority Sub -DeleteKey -Confirm:$false");
        Assert.Equal([$"The private key '{key}' was deleted."], _session.Warnings);
        Assert.False(File.Exists(key));
        Assert.Equal("1", _session.Run("(Test-CaStore).CrlEntries").Single().ToString());
    }

    public void Dispose() => _session.Dispose();
}

using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Update-CaCertificate: what the new certificate keeps, and what becomes of the old one.</summary>
public sealed class RenewalTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public RenewalTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        $old = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject '/C=AT/O=Example/CN=a.example.com' -SAN b.example.com, 127.0.0.1 -Profile client -ValidDays 10 `
            -KeyUsage digitalSignature, keyAgreement -MustStaple -CertificatePolicy 2.23.140.1.2.1 -Extension @{ Oid = '1.2.3.4'; Value = '0500' }
        """);

    [Fact]
    public void The_new_one_keeps_names_usages_profile_validity_and_key()
    {
        _session.Run("$new = Get-CaCertificate -ExpiringWithin 14 | Update-CaCertificate");
        foreach (string property in new[] { "Subject", "SubjectAlternativeName", "Profile", "PublicKeyPin", "Authority" })
            Assert.Equal(_session.Run($"\"$($old.{property})\"").Single().ToString(), _session.Run($"\"$($new.{property})\"").Single().ToString());
        string[] oids = ["2.5.29.15", "2.5.29.37", "2.5.29.32", "1.3.6.1.5.5.7.1.24", "1.2.3.4"];
        foreach (string oid in oids)
        {
            string[] values = [.. _session.Run($"$old, $new | ForEach-Object {{ ($_.Extensions | Where-Object Oid -eq '{oid}').Description }}").Select(v => v.ToString())];
            Assert.Equal(2, values.Length);
            Assert.Equal(values[0], values[1]);
        }

        Assert.Equal("10", _session.Run("[math]::Round(($new.NotAfter - $new.NotBefore).TotalDays)").Single().ToString());
        Assert.Equal("True", _session.Run("$new.Replaces -eq $old.SerialNumber -and (Get-CaCertificate $old).ReplacedBy -eq $new.SerialNumber").Single().ToString());
        Assert.Equal("Valid", _session.Run("(Get-CaCertificate $old).Status").Single().ToString());
        Assert.Equal("True", _session.Run("$new | Test-CaCertificate -Quiet").Single().ToString());
        Assert.Equal("True", _session.Run("Test-CaStore -Quiet").Single().ToString());
    }

    [Fact]
    public void The_name_now_means_the_new_one()
    {
        string serial = _session.Run("(Update-CaCertificate a.example.com).SerialNumber").Single().ToString();
        Assert.Equal(serial, _session.Run("(Get-CaCertificate a.example.com).SerialNumber").Single().ToString());
    }

    [Fact]
    public void What_was_renewed_before_is_passed_over_unless_forced()
    {
        _session.Run("$null = $old | Update-CaCertificate");
        Assert.Empty(_session.Run("$old, $old | Update-CaCertificate; Get-CaCertificate $old | Update-CaCertificate -WarningVariable w"));
        Assert.Contains(_session.Warnings, warning => warning.Contains("was renewed before"));
        Assert.Single(_session.Run("Get-CaCertificate $old | Update-CaCertificate -Force"));
        Assert.Equal(3, _session.Run("Get-CaCertificate").Count);
    }

    [Fact]
    public void The_old_one_is_revoked_as_superseded_in_the_same_moment()
    {
        _session.Run("$new = $old | Update-CaCertificate -Revoke -ValidDays 20");
        Assert.Equal("Revoked Superseded", _session.Run("$now = Get-CaCertificate $old; \"$($now.Status) $($now.RevocationReason)\"").Single().ToString());
        Assert.Equal("1", _session.Run("(Test-CaStore).CrlEntries").Single().ToString());
        Assert.Equal("20", _session.Run("[math]::Round(($new.NotAfter - $new.NotBefore).TotalDays)").Single().ToString());
        Assert.Equal("CertificateNotRenewable", _session.ErrorIdOf("$old | Update-CaCertificate -Force"));
    }

    [Fact]
    public void A_new_key_comes_from_a_request_or_is_made_here()
    {
        _session.Run("$request = New-CaCertificateRequest /CN=ignored -KeyPath n.key -KeyType RSA -KeySize 2048; $byRequest = $old | Update-CaCertificate -Request $request");
        Assert.Equal("RSA /C=AT/O=Example/CN=a.example.com", _session.Run("\"$($byRequest.KeyType) $($byRequest.Subject)\"").Single().ToString());
        Assert.Equal("Digital Signature", _session.Run("($byRequest.Extensions | Where-Object Oid -eq 2.5.29.15).Description").Single().ToString());
        Assert.Equal("False", _session.Run("$made = $byRequest | Update-CaCertificate -GenerateKey -KeyPath m.key; $made.PublicKeyPin -eq $byRequest.PublicKeyPin").Single().ToString());
        Assert.Equal("KeyFileExists", _session.ErrorIdOf("$made | Update-CaCertificate -GenerateKey -KeyPath m.key"));
        Assert.Equal("", _session.Run("\"$((Get-CaCertificate $made).ReplacedBy)\"").Single().ToString());
    }

    [Fact]
    public void What_a_server_replaces_by_itself_is_left_out_unless_forced()
    {
        _session.Run("Export-CaOcspResponse Root -Directory ocsp; $own = Get-CaCertificate -Profile ocsp");
        Assert.Equal("True False", _session.Run("\"$($own.IsServerManaged) $($old.IsServerManaged)\"").Single().ToString());
        Assert.Equal("a.example.com", _session.Run("(Get-CaCertificate -ExpiringWithin 14).CommonName").Single().ToString());
        Assert.Empty(_session.Run("$own | Update-CaCertificate"));
        Assert.Contains("replaces it by itself", _session.Warnings.Single(), StringComparison.Ordinal);
        Assert.Equal("False", _session.Run("($own | Update-CaCertificate -Force).IsServerManaged").Single().ToString());
    }

    [Fact]
    public void Another_profile_brings_its_own_usages()
    {
        PSObject extension = _session.Run("($old | Update-CaCertificate -Profile server).Extensions | Where-Object Oid -eq 2.5.29.37").Single();
        Assert.Contains("Server", extension.Properties["Description"].Value.ToString());
    }

    [Theory]
    [InlineData("CertificateNotFound", "Update-CaCertificate nobody")]
    [InlineData("ProfileNotFound", "$old | Update-CaCertificate -Profile nobody")]
    [InlineData("EndAfterAuthority", "$old | Update-CaCertificate -ValidDays 9999")]
    [InlineData("EndInPast", "$old | Update-CaCertificate -NotAfter 2001-01-01")]
    [InlineData("AuthorityNotFound", "$old | Update-CaCertificate -Authority nobody")]
    [InlineData("AuthorityDisabled", "Set-CaAuthority Root -Enabled $false; $old | Update-CaCertificate")]
    [InlineData("RequestFileUnreadable", "$old | Update-CaCertificate -RequestPath nothing.csr")]
    public void What_cannot_be_renewed_is_refused_and_nothing_changes(string errorId, string script)
    {
        Assert.Equal(errorId, _session.ErrorIdOf(script));
        _session.Run("Set-CaAuthority Root -Enabled $true; $old | Update-CaCertificate -WhatIf");
        Assert.Single(_session.Run("Get-CaCertificate"));
        Assert.Equal("", _session.Run("\"$((Get-CaCertificate $old).ReplacedBy)\"").Single().ToString());
    }

    public void Dispose() => _session.Dispose();
}

using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Import-CaAuthority and Import-CaCertificate, as administrators call them.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ImportTests() => _session.Run("""
        $root = New-CaAuthority Root -KeyType EC
        $cert = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
        $root | Export-CaAuthority -Path root.pem
        $cert | Export-CaCertificate -Path a.pem
        """);

    [Fact]
    public void What_was_exported_comes_back_into_another_store()
    {
        _session.Run("""
            $again = Import-CaAuthority root.pem -Name Again -KeyPath $root.KeyFile -LastCrlNumber 41 -CrlUrl http://crl.example.com/again.crl -StorePath other.db
            $back = Import-CaCertificate *.pem -Profile client -Watcher 'Ann <ann@example.com>' -StorePath other.db -ErrorAction SilentlyContinue
            """);
        Assert.Equal("True", Text("$again.Sha256Fingerprint -eq $root.Sha256Fingerprint -and $again.HasPrivateKey"));
        Assert.Equal("True", Text("$back.Sha256Fingerprint -eq $cert.Sha256Fingerprint"));
        Assert.Equal("Again client Ann <ann@example.com>", Text("\"$($back.Authority) $($back.Profile) $($back.Watchers)\""));
        _session.Run("$null = Export-CaCrl Again -StorePath other.db");
        Assert.Equal("42", Text("(Get-CaAuthority Again -StorePath other.db).LastCrlNumber"));
        Assert.Equal("CertificateImported", Text("(Get-CaAuditRecord -StorePath other.db | Where-Object Act -like *Imported)[-1].Act"));
    }

    [Fact]
    public void Platform_certificates_and_rows_of_a_table_are_taken()
    {
        _session.Run("$null = Import-CaAuthority root.pem -StorePath other.db");
        Assert.Equal("True", Text("([System.Security.Cryptography.X509Certificates.X509Certificate2] $cert | Import-CaCertificate -StorePath other.db).SerialNumber -eq $cert.SerialNumber"));
        _session.Run("$null = Import-CaAuthority root.pem -StorePath third.db");
        Assert.Equal("Revoked Superseded", Text("""
            $r = [pscustomobject]@{ FullName = 'a.pem'; Reason = 'Superseded'; RevokedAt = '2026-01-02' } | Import-CaCertificate -StorePath third.db; "$($r.Status) $($r.RevocationReason)"
            """));
    }

    [Fact]
    public void What_if_and_refusals_change_nothing()
    {
        _session.Run("Import-CaAuthority root.pem -StorePath other.db -WhatIf");
        Assert.False(File.Exists(Path.Combine(_session.Folder, "other.db")));
        Assert.Equal("PathNotFound", _session.ErrorIdOf("Import-CaAuthority nothing.pem"));
        Assert.Equal("PathNotFound", _session.ErrorIdOf("Import-CaAuthority -OpenSslDirectory nothing"));
        Assert.Equal("ImportAuthorityExists", _session.ErrorIdOf("Import-CaAuthority root.pem -Name Other"));
        Assert.Equal("ImportCertificateExists", _session.ErrorIdOf("Import-CaCertificate a.pem"));
        Assert.Equal("ImportNotAuthority", _session.ErrorIdOf("Import-CaAuthority a.pem -Name Other"));
        Assert.Equal("PathNotFound", _session.ErrorIdOf("Import-CaCertificate nothing*.pem"));
        Assert.Single(_session.Run("Get-CaAuthority"));
        Assert.Single(_session.Run("Get-CaCertificate"));
    }

    private string Text(string script) => _session.Run(script).Single().ToString();

    public void Dispose() => _session.Dispose();
}

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
    public void A_name_that_is_anothers_serial_number_is_refused_and_another_is_taken()
    {
        _session.Run("$other = New-CaAuthority Other -KeyType EC -Subject \"/CN=$($root.SerialNumber -replace ':')\" -StorePath other.db; $other | Export-CaAuthority -Path other.pem -StorePath other.db");
        Assert.Equal("AuthorityNameIsSerialNumber", _session.ErrorIdOf("Import-CaAuthority other.pem"));
        Assert.Equal("True", Text("(Import-CaAuthority other.pem -Name Again).Sha256Fingerprint -eq $other.Sha256Fingerprint"));
    }

    [Fact]
    public void A_pipe_among_the_files_of_a_folder_keeps_nothing_waiting()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(_session.PathOf("d"));
        File.Copy(_session.PathOf("a.pem"), _session.PathOf("d/a.pem"));
        _session.Run("& mkfifo \"$folder/d/z.pem\"; $null = Import-CaAuthority root.pem -StorePath other.db; $files = [IO.DirectoryInfo]::new(\"$folder/d\").GetFiles()");
        Assert.Equal("1", Text("@($files | Import-CaCertificate -StorePath other.db -ErrorAction SilentlyContinue).Count"));
        Assert.Equal("1", Text("@($files | Get-CaCertificate -ErrorAction SilentlyContinue).Count"));
        Assert.Equal("1", Text("$e = @(); $null = [IO.FileInfo]::new(\"$folder/d/z.pem\") | New-CaCertificate -Authority Root -Subject /CN=b.example.com -ErrorVariable e -ErrorAction SilentlyContinue; @($e).Count"));
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
    public void Every_form_of_export_and_of_the_pipeline_is_taken()
    {
        _session.Run("""
            $password = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
            $cert | Export-CaCertificate -Path a.p7b -Format Pkcs7 -IncludeRoot
            $cert | Export-CaCertificate -Path a.pfx -Format Pkcs12 -Password $password -IncludeRoot
            $cert | Export-CaCertificate -Path a.cer -Format Der
            $cert | Export-CaCertificate -Path full.pem -IncludeRoot
            $root | Export-CaAuthority -Path root.p7b -Format Pkcs7
            """);
        foreach ((string name, string script) in new[]
        {
            ("1", "'a.p7b' | Import-CaCertificate"), ("2", "[System.IO.FileInfo]\"$folder/a.pfx\" | Import-CaCertificate -Password $password"), ("3", "Import-CaCertificate -LiteralPath a.cer"),
            ("4", "[System.IO.FileInfo]\"$folder/full.pem\" | Import-CaCertificate"),
        })
        {
            _session.Run($"$null = 'root.p7b' | Import-CaAuthority -Name Root -StorePath {name}.db");
            Assert.Equal("True", Text($"({script} -StorePath {name}.db).Sha256Fingerprint -eq $cert.Sha256Fingerprint"));
        }

        Assert.Equal("KeyPasswordRequired", _session.ErrorIdOf("Import-CaCertificate a.pfx -StorePath 1.db"));
    }

    [Fact]
    public void One_that_fails_does_not_stop_the_others()
    {
        _session.Run("$null = Import-CaAuthority root.pem -StorePath other.db");
        Assert.Equal("a.example.com", _session.Invoke("'nothing.pem', 'root.pem', 'a.pem' | Import-CaCertificate -StorePath other.db").Single().Properties["CommonName"].Value);
        Assert.Equal(["PathNotFound", "ImportCertificateExists"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
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

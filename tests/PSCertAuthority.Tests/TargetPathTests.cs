using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>No cmdlet writes over the store or the keys of its authorities, with -Force neither.</summary>
public sealed class TargetPathTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public static TheoryData<string> Commands =>
    [
        "New-CaCertificateRequest /CN=b.example.com -KeyPath TARGET -Force",
        "New-CaCertificateRequest /CN=b.example.com -KeyPath b.key -Path TARGET -Force",
        "New-CaCertificate -Authority Root -GenerateKey -KeyPath TARGET -Subject /CN=b.example.com -Force",
        "New-CaCertificate -Authority Root -GenerateKey -PfxPath TARGET -PfxPassword (ConvertTo-CaSecret x) -Subject /CN=b.example.com -Force",
        "Update-CaCertificate a.example.com -GenerateKey -KeyPath TARGET -Force",
        "Export-CaCertificate a.example.com -Path TARGET -Force",
        "Export-CaAuthority Root -Path TARGET -Force",
        "Export-CaCrl Root -Path TARGET -Force",
        "Export-CaOcspIndex Root -Path TARGET -Force",
        "Export-CaProfile webserver -Path TARGET -Force",
        "Backup-CaStore TARGET -Force",
        "New-CaAuthority Sub -KeyType EC -RequestPath TARGET -Force",
        "Update-CaAuthority Root -RequestPath TARGET -Force",
        "Start-CaOcspResponder -Authority Root -LogPath TARGET",
        "Start-CaWebInterface -NoTls -LogPath TARGET",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_the_stores_is_not_written_over(string command)
    {
        _session.Run("""
            function ConvertTo-CaSecret($Text) { $secret = [securestring]::new(); $Text.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }; $secret }
            $null = New-CaAuthority Root -KeyType EC
            $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
            """);
        string key = Directory.GetFiles(_session.PathOf("ca.keys")).Single();
        Dictionary<string, byte[]> before = new[] { key, _session.PathOf("ca.db") }.ToDictionary(file => file, File.ReadAllBytes);
        foreach (string target in (string[])["ca.keys/" + Path.GetFileName(key), "./ca.keys/../ca.db", "ca.db.lock"])
            Assert.Equal("PathIsOfStore", _session.ErrorIdOf(command.Replace("TARGET", target)));
        foreach ((string file, byte[] content) in before)
            Assert.Equal(content, File.ReadAllBytes(file));
        Assert.Single(Directory.GetFiles(_session.PathOf("ca.keys")));
    }

    [Fact]
    public void A_directory_of_exports_is_not_the_one_of_the_keys()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC");
        Assert.Equal("PathIsOfStore", _session.ErrorIdOf("Export-CaAuthority Root -Directory ca.keys -Force"));
        Assert.Equal("PathIsOfStore", _session.ErrorIdOf("Export-CaOcspResponse Root -Directory ca.keys"));
    }

    [Fact]
    public void A_request_needs_no_store_to_look_at()
    {
        _session.Run("$null = New-CaCertificateRequest /CN=b.example.com -KeyPath b.key");
        Assert.False(File.Exists(_session.PathOf("ca.db")));
    }

    public void Dispose() => _session.Dispose();
}

using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Test-, Backup- and Restore-CaStore as users call them.</summary>
public sealed class StoreCareTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public StoreCareTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        $password = [securestring]::new(); 'pw'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
        """);

    [Fact]
    public void A_backup_is_restored_to_another_place_and_signs_there()
    {
        _session.Run("$backup = Backup-CaStore b.zip -IncludeKey -Password $password");
        Assert.Equal("1", _session.Run("($backup | Restore-CaStore -Password $password -StorePath \"$folder/other.db\").KeyCount").Single().ToString());
        Assert.Single(_session.Warnings);
        Assert.Single(_session.Run("New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -StorePath \"$folder/other.db\""));
        Assert.Equal("True", _session.Run("Test-CaStore -StorePath \"$folder/other.db\" -Quiet").Single().ToString());
    }

    [Fact]
    public void A_store_that_is_there_is_not_replaced_without_asking()
    {
        _session.Run("$null = Backup-CaStore b.zip; $null = New-CaAuthority Second -KeyType EC");
        // There is nobody to ask in this host.
        _session.Invoke("Restore-CaStore b.zip");
        Assert.NotEmpty(_session.Errors);
        Assert.Equal(2, _session.Run("Get-CaAuthority").Count);
        _session.Run("$null = Restore-CaStore b.zip -Force");
        Assert.Single(_session.Run("Get-CaAuthority"));
        Assert.Contains(_session.Run("Restore-CaStore b.zip -Force -WhatIf; (Test-CaStore).Findings"), finding => finding.ToString().Contains("KeyFileUnknown"));
        Assert.Single(Directory.GetFiles(_session.Folder, "ca.db.replaced-*"));
    }

    [Fact]
    public void What_is_wrong_is_shown_and_nothing_is_written_on_WhatIf()
    {
        File.Delete(Directory.GetFiles(_session.PathOf("ca.keys")).Single());
        Assert.Equal("KeyFileMissing", _session.Run("(Test-CaStore -Verbose).Findings.Kind").Single().ToString());
        Assert.Contains(_session.Verbose, line => line.Contains("KeyFileMissing"));
        _session.Run("Backup-CaStore b.zip -WhatIf");
        Assert.False(File.Exists(_session.PathOf("b.zip")));
        Assert.Equal("PathNotFound", _session.ErrorIdOf("Restore-CaStore nothing.zip"));
        Assert.Equal("StoreMissing", _session.ErrorIdOf("Test-CaStore -StorePath \"$folder/none.db\""));
        Assert.Equal("PathNotWritable", _session.ErrorIdOf("Backup-CaStore no/such/place/b.zip"));
    }

    public void Dispose() => _session.Dispose();
}

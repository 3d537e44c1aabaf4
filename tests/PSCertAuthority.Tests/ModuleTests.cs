using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.Loader;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What a binary module owes its user.</summary>
public sealed class ModuleTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets()
    {
        string[] exported = [.. _session.Run($"(Test-ModuleManifest '{ModuleSession.ModulePath}/PSCertAuthority.psd1').ExportedCmdlets.Keys").Select(n => n.ToString()).Order()];
        string[] found = [.. _session.Run("(Get-Command -Module PSCertAuthority).Name").Select(n => n.ToString()).Order()];
        Assert.Equal(exported, found);
        Assert.Empty(_session.Warnings);
    }

    [Fact]
    public void Get_Help_finds_the_about_topics()
    {
        string[] found = [.. _session.Run("Get-Help about_Ca* | ForEach-Object Name").Select(n => n.ToString())];
        Assert.Equal(["about_CaErrors", "about_CaOperations", "about_CaStore"], found.Intersect(["about_CaErrors", "about_CaOperations", "about_CaStore"]).Order());
        Assert.StartsWith("TOPIC\n    about_CaStore\n", _session.Run("Get-Help about_CaStore").Single().ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Our_dependencies_stay_out_of_the_default_load_context()
    {
        _session.Run("Get-CaStore");
        string[] ours = ["PSCertAuthority", "PSCertAuthority.Engine", "BouncyCastle.Cryptography", "LiteDB", "MailKit", "MimeKit"];
        Assert.Empty(AssemblyLoadContext.Default.Assemblies.Select(a => a.GetName().Name).Intersect(ours));
    }

    [Fact]
    public void Objects_work_on_after_an_import_by_force()
    {
        _session.Run("$root = New-CaAuthority Root -KeyType EC -PathLength 1");
        _session.Run($"Import-Module '{ModuleSession.ModulePath}' -Force; Remove-Module PSCertAuthority; Import-Module '{ModuleSession.ModulePath}'");
        Assert.Equal("Sub", _session.Run("($root | New-CaAuthority Sub -KeyType EC).Name").Single().ToString());
    }

    [Fact]
    public void Nothing_public_shows_a_type_of_a_dependency()
    {
        foreach (PSObject command in _session.Run("Get-Command -Module PSCertAuthority"))
        {
            var info = (CmdletInfo)command.BaseObject;
            var types = info.Parameters.Values.Select(p => p.ParameterType)
                .Concat(info.OutputType.SelectMany(o => o.Type.GetProperties().Select(p => p.PropertyType).Append(o.Type)));
            Assert.DoesNotContain(types, t => t.FullName is { } name && (name.Contains("BouncyCastle") || name.Contains("LiteDB") || name.Contains("MailKit") || name.Contains("MimeKit")));
        }
    }

    [Theory]
    [InlineData("New-CaAuthority Root -KeyType EC -WhatIf")]
    [InlineData("New-CaCertificateRequest /CN=a.example.com -KeyPath a.key -WhatIf")]
    public void WhatIf_changes_nothing_in_an_empty_place(string script)
    {
        _session.Run(script);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_session.Folder));
    }

    [Theory]
    [InlineData("New-CaAuthority Second -KeyType EC -WhatIf")]
    [InlineData("Set-CaAuthority Root -Enabled $false -CrlUrl http://a.example.com/crl -WhatIf")]
    [InlineData("New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com -WhatIf")]
    [InlineData("Get-CaCertificate | Revoke-CaCertificate -WhatIf")]
    [InlineData("Export-CaCrl Root -WhatIf; Export-CaCrl Root -Path x.crl -WhatIf; Export-CaCrl Root -Directory crl -WhatIf")]
    [InlineData("Export-CaAuthority Root -Path root.pem -WhatIf; Get-CaCertificate | Export-CaCertificate -Directory certs -WhatIf")]
    public void WhatIf_changes_nothing(string script)
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC; $null = New-CaCertificate -Authority Root -GenerateKey -KeyPath w.key -Subject /CN=w.example.com");
        string before = Snapshot();
        _session.Run(script);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Completes_authorities_certificates_profiles_reasons_and_key_types()
    {
        _session.Run("$null = New-CaAuthority 'My Root' -KeyType EC; $c = New-CaCertificate -Authority 'My Root' -GenerateKey -KeyPath w.key -Subject /CN=w.example.com");
        string serial = _session.Run("$c.SerialNumber").Single().ToString();
        string store = $" -StorePath '{_session.PathOf("ca.db")}'";
        Assert.Equal(["My Root"], _session.Complete($"Get-CaAuthority{store} -Identity M"));
        Assert.Equal([serial], _session.Complete($"Get-CaCertificate{store} -Identity {serial[..4]}"));
        Assert.Equal(["w.example.com"], _session.Complete($"Revoke-CaCertificate{store} -Identity w."));
        Assert.Equal(["webserver"], _session.Complete("New-CaCertificate -Profile w"));
        Assert.Contains("KeyCompromise", _session.Complete("Revoke-CaCertificate -Reason K"));
        Assert.Contains("Ed25519", _session.Complete("New-CaAuthority -KeyType E"));
    }

    [Fact]
    public void Verbose_tells_the_story_without_secrets()
    {
        _session.Run("""
            $password = [securestring]::new(); 'very-secret'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
            New-CaAuthority Root -KeyType EC -Password $password -Verbose
            """);
        Assert.Contains(_session.Verbose, line => line.Contains("Making a key (EC 256)"));
        Assert.DoesNotContain(_session.Verbose, line => line.Contains("very-secret") || line.Contains("PRIVATE KEY"));
    }

    private string Snapshot() => string.Join("\n", Directory.EnumerateFileSystemEntries(_session.Folder, "*", SearchOption.AllDirectories).Order()
        .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}" : path));

    public void Dispose() => _session.Dispose();
}

using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Exporting: forms, chains, keys, and the names of files.</summary>
public sealed class ExportTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ModuleSession _session = new();

    public ExportTests() => _session.Run("""
        function secret($text) { $s = [securestring]::new(); $text.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s }
        $null = New-CaAuthority Root -KeyType EC -PathLength 1
        $null = New-CaAuthority Issuing -Parent Root -KeyType EC
        $web = New-CaCertificate -GenerateKey -KeyPath web.key -Authority Issuing -Subject /CN=web.example.com
        $locked = New-CaCertificate -GenerateKey -KeyPath locked.key -KeyPassword (secret 'key') -Authority Issuing -Subject /CN=locked.example.com
        $password = secret 'pfx'
        """);

    [Fact]
    public void A_certificate_just_issued_knows_its_key_and_a_listed_one_is_told()
    {
        _session.Run("""
            $web | Export-CaCertificate -Format Pkcs12 -Password $password -IncludeChain -Path web.pfx
            Export-CaCertificate web.example.com -Format Pkcs12 -Password $password -KeyPath web.key -Path told.p12 -Legacy -FriendlyName Told
            $locked | Export-CaCertificate -Format Pkcs12 -Password $password -KeyPassword (secret 'key') -Path locked.pfx -Modern
            """);
        Assert.Equal(2, X509CertificateLoader.LoadPkcs12CollectionFromFile(_session.PathOf("web.pfx"), "pfx").Count);
        foreach (string file in new[] { "web.pfx", "told.p12", "locked.pfx" })
        {
            Assert.True(X509CertificateLoader.LoadPkcs12FromFile(_session.PathOf(file), "pfx").HasPrivateKey);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(OwnerOnly, File.GetUnixFileMode(_session.PathOf(file)));
        }
    }

    [Fact]
    public void Force_replaces_a_file_that_others_may_read_by_one_that_they_may_not()
    {
        File.WriteAllText(_session.PathOf("web.pfx"), "old");
        const string export = "$web | Export-CaCertificate -Format Pkcs12 -Password $password -Path web.pfx";
        Assert.Equal("FileExists", _session.ErrorIdOf(export));
        Assert.Equal("old", File.ReadAllText(_session.PathOf("web.pfx")));
        _session.Run(export + " -Force");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(_session.PathOf("web.pfx")));
        Assert.Empty(Directory.GetFiles(_session.Folder, "*.tmp"));
    }

    [Theory]
    [InlineData("-Directory out -NamePattern same")]
    [InlineData("-Directory out -NamePattern same -Format Der")]
    [InlineData("-Path one.pem")]
    public void What_a_call_wrote_it_does_not_replace_by_something_else(string target)
    {
        _session.Run($"$files = @($web, $locked, $web | Export-CaCertificate {target} -Force -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed)");
        Assert.Equal("FileWrittenBefore", _session.Run("$failed.FullyQualifiedErrorId.Split(',')[0]").Single().ToString());
        Assert.Equal("True", _session.Run("[Security.Cryptography.X509Certificates.X509Certificate2]::new($files[0].FullName).Thumbprint -eq $web.Thumbprint").Single().ToString());
        Assert.Equal("2", _session.Run("$files.Count").Single().ToString());
        _session.Run($"$locked | Export-CaCertificate {target} -Force");
        Assert.Equal("FileWrittenBefore", _session.ErrorIdOf($"Get-CaAuthority | Export-CaAuthority {target} -Force"));
    }

    [Theory]
    [InlineData("-Path x.pfx", "PfxPasswordMissing")]
    [InlineData("-Path x.pfx -Password ([securestring]::new())", "PfxPasswordMissing")]
    [InlineData("-Path x.pfx -Password $password", "KeyPathUnknown")]
    [InlineData("-Path x.pfx -Password $password -KeyPath missing.key", "KeyFileMissing")]
    [InlineData("-Path x.pfx -Password $password -KeyPath locked.key", "KeyPasswordRequired")]
    [InlineData("-Path x.pfx -Password $password -KeyPath locked.key -KeyPassword (secret 'wrong')", "KeyPasswordWrong")]
    [InlineData("-Path x.pfx -Password $password -KeyPath locked.key -KeyPassword (secret 'key')", "KeyMismatch")]
    [InlineData("-Path x.pfx -Password $password -KeyPath web.key -Modern -Legacy", "ModernOrLegacy")]
    [InlineData("-Path x.pem -Password $password -Format Pem", "KeyNotInFormat")]
    [InlineData("-Path x.p7b -KeyPath web.key -Format Pkcs7", "KeyNotInFormat")]
    [InlineData("-Path x.cer -IncludeChain -Format Der", "ChainNotInDer")]
    [InlineData("-Directory x -NamePattern '{Nonsense}' -Format Pem", "NamePatternInvalid")]
    [InlineData("-Directory web.key -Format Pem", "PathNotWritable")]
    public void What_does_not_fit_is_an_error_that_writes_nothing(string arguments, string errorId)
    {
        string[] before = Directory.GetFileSystemEntries(_session.Folder);
        string format = arguments.Contains("-Format") ? string.Empty : " -Format Pkcs12";
        Assert.Equal(errorId, _session.ErrorIdOf($"Export-CaCertificate web.example.com {arguments}{format}"));
        Assert.Equal(before, Directory.GetFileSystemEntries(_session.Folder));
    }

    [Theory]
    [InlineData("Export-CaAuthority Issuing -Format Der -IncludeChain", "ChainNotInDer")]
    [InlineData("Export-CaAuthority Issuing -Format Pkcs12", "ParameterArgumentValidationError")]
    [InlineData("Export-CaAuthority Issuing -Directory x -NamePattern '{Profile}'", "NamePatternInvalid")]
    [InlineData("Export-CaCrl Issuing -Format Pkcs7", "ParameterArgumentValidationError")]
    [InlineData("Export-CaCrl Issuing -Directory x -NamePattern 'a:b'", "NamePatternInvalid")]
    public void Authorities_and_crls_refuse_what_they_do_not_have(string script, string errorId)
    {
        Assert.Equal(errorId, _session.ErrorIdOf(script));
        Assert.False(Directory.Exists(_session.PathOf("x")));
        Assert.Equal("0", _session.Run("(Get-CaAuthority Issuing).LastCrlNumber").Single().ToString());
    }

    [Fact]
    public void The_files_of_a_directory_have_names_that_windows_takes()
    {
        _session.Run("""
            '*.example.com', 'CON', 'a/b', 'dot.', 'nul.example.com' | ForEach-Object {
                $null = New-CaCertificate -GenerateKey -KeyPath "$([guid]::NewGuid()).key" -Authority Issuing -Subject @{ CN = $_ } -Profile enduser }
            """);
        _session.Run("Get-CaCertificate | Export-CaCertificate -Directory out");
        Assert.Equal(
            ["_.example.com.pem", "_CON.pem", "_nul.example.com.pem", "a_b.pem", "dot.pem", "locked.example.com.pem", "web.example.com.pem"],
            Directory.GetFiles(_session.PathOf("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_certificates_of_one_name_need_a_pattern()
    {
        _session.Run("$null = New-CaCertificate -GenerateKey -KeyPath web2.key -Authority Issuing -Subject /CN=web.example.com");
        Assert.Equal("FileWrittenBefore", _session.ErrorIdOf("Get-CaCertificate -Subject *web* | Export-CaCertificate -Directory one -Format Der"));
        Assert.Equal(["web.example.com.cer"], Directory.GetFiles(_session.PathOf("one")).Select(Path.GetFileName));
        var files = _session.Run("Get-CaCertificate -Subject *web* | Export-CaCertificate -Directory two -NamePattern '{CommonName}-{SerialNumber}' -PassThru");
        Assert.Equal(2, files.Count);
        Assert.All(files, file => Assert.Matches("^web\\.example\\.com-[0-9A-F]{40}\\.pem$", ((FileInfo)file.BaseObject).Name));
    }

    [Fact]
    public void Authorities_and_crls_take_patterns_too()
    {
        _session.Run("""
            Get-CaAuthority | Export-CaAuthority -Directory out -NamePattern 'ca-{CommonName}-{NotAfter}' -Format Pkcs7 -IncludeChain
            Get-CaAuthority | Export-CaCrl -Directory out -NamePattern '{Authority}-{SerialNumber}' -Format Der
            """);
        string[] names = [.. Directory.GetFiles(_session.PathOf("out")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        Assert.Matches("^Issuing-[0-9A-F]{40}\\.crl$", names[0]);
        Assert.Matches("^Root-[0-9A-F]{40}\\.crl$", names[1]);
        Assert.Matches("^ca-Issuing-\\d{8}\\.p7b$", names[2]);
        Assert.Matches("^ca-Root-\\d{8}\\.p7b$", names[3]);
    }

    [Fact]
    public void The_pipeline_gets_text_or_octets()
    {
        PSObject pem = _session.Run("$web | Export-CaCertificate -IncludeRoot").Single();
        Assert.Equal(3, ((string)pem.BaseObject).Split("BEGIN CERTIFICATE").Length - 1);
        byte[] pfx = (byte[])_session.Run("$web | Export-CaCertificate -Format Pkcs12 -Password $password").Single().BaseObject;
        Assert.True(X509CertificateLoader.LoadPkcs12(pfx, "pfx").HasPrivateKey);
        Assert.IsType<byte[]>(_session.Run("$web | Export-CaCertificate -Format Pkcs7").Single().BaseObject);
    }

    [Fact]
    public void A_generated_key_goes_into_a_pfx_file_or_nowhere()
    {
        const string issue = "New-CaCertificate -GenerateKey -PfxPath new.pfx -Authority Issuing -Subject /CN=new.example.com -PfxPassword ";
        Assert.Equal("PfxPasswordMissing", _session.ErrorIdOf(issue + "([securestring]::new())"));
        _session.Run(issue + "$password -FriendlyName New -Legacy");
        Assert.Equal(2, X509CertificateLoader.LoadPkcs12CollectionFromFile(_session.PathOf("new.pfx"), "pfx").Count);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(_session.PathOf("new.pfx")));
        Assert.Equal("KeyFileExists", _session.ErrorIdOf(issue + "$password"));
        Assert.Equal("PathNotWritable", _session.ErrorIdOf(issue.Replace("new.pfx", "no/such/new.pfx") + "$password"));
        Assert.Equal("3", _session.Run("(Get-CaStore).CertificateCount").Single().ToString());
        _session.Run(issue + "$password -Force");
        Assert.Equal(2, Directory.GetFiles(_session.Folder, "*.key").Length);
    }

    [Fact]
    public void Columns_name_pfx_files()
    {
        _session.Run("""
            @([pscustomobject]@{ Subject = '/CN=c1.example.com'; PfxPath = 'c1.pfx' }, [pscustomobject]@{ Subject = '/CN=c2.example.com'; PfxPath = 'c2.pfx' }) |
                New-CaCertificate -Authority Issuing -GenerateKey -PfxPassword $password
            """);
        Assert.Equal("CN=c2.example.com", X509CertificateLoader.LoadPkcs12FromFile(_session.PathOf("c2.pfx"), "pfx").Subject);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        string[] before = Directory.GetFileSystemEntries(_session.Folder, "*", SearchOption.AllDirectories);
        _session.Run("""
            $web | Export-CaCertificate -Format Pkcs12 -Password $password -Path a.pfx -WhatIf
            $web | Export-CaCertificate -Format Pkcs7 -IncludeRoot -Directory out -NamePattern '{SerialNumber}' -WhatIf
            Export-CaAuthority Issuing -Format Pkcs7 -IncludeChain -Path a.p7b -WhatIf
            New-CaCertificate -GenerateKey -PfxPath b.pfx -PfxPassword $password -Authority Issuing -Subject /CN=b.example.com -WhatIf
            """);
        Assert.Equal(before, Directory.GetFileSystemEntries(_session.Folder, "*", SearchOption.AllDirectories));
        Assert.Equal("2", _session.Run("(Get-CaStore).CertificateCount").Single().ToString());
    }

    [Fact]
    public void Formats_are_completed_as_far_as_each_command_has_them()
    {
        Assert.Equal(["Pem", "Pkcs12", "Pkcs7"], _session.Complete("Export-CaCertificate x -Format P").Order());
        Assert.Equal(["Pem", "Pkcs7"], _session.Complete("Export-CaAuthority x -Format P").Order());
        Assert.Equal(["Pem"], _session.Complete("Export-CaCrl x -Format P"));
    }

    public void Dispose() => _session.Dispose();
}

using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The file of a password opens what the password opens.</summary>
public sealed class PasswordFileTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public PasswordFileTests()
    {
        string file = _session.PathOf("password");
        File.WriteAllText(file, "geheim\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _session.Run("$password = [Net.NetworkCredential]::new('', 'geheim').SecurePassword; $null = New-CaAuthority Guarded -KeyType EC -PasswordFile \"$folder/password\"");
    }

    [Theory]
    [InlineData("New-CaCertificate -Authority Guarded -GenerateKey -KeyType EC -KeyPath \"$folder/a.key\" -Subject /CN=a.example.com")]
    [InlineData("New-CaCertificate -Authority Guarded -Password $password -GenerateKey -KeyType EC -KeyPath \"$folder/a.key\" -Subject /CN=a.example.com -Force | Update-CaCertificate -Force")]
    [InlineData("Update-CaAuthority Guarded")]
    [InlineData("Export-CaCrl Guarded")]
    [InlineData("Export-CaOcspResponse Guarded -Directory ([IO.Directory]::CreateDirectory(\"$folder/ocsp\").FullName)")]
    public void It_opens_the_key_of_an_authority(string command)
    {
        Assert.Equal("KeyPasswordRequired", _session.ErrorIdOf(command));
        Run(command + " -PasswordFile \"$folder/password\"");
    }

    [Theory]
    [InlineData("Export-CaCrl Guarded")]
    [InlineData("New-CaAuthority Other")]
    [InlineData("Start-CaOcspResponder Guarded")]
    [InlineData("Start-CaWebInterface Guarded")]
    public void It_goes_with_no_password_beside_it(string command) =>
        Assert.Equal("PasswordTwice", _session.ErrorIdOf(command + " -PasswordFile \"$folder/password\" -Password $password"));

    [Fact]
    public void A_file_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(_session.PathOf("password"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal("PasswordFileNotTrusted", _session.ErrorIdOf("Export-CaCrl Guarded -PasswordFile \"$folder/password\""));
    }

    [Fact]
    public void Every_command_that_opens_the_key_of_an_authority_takes_one()
    {
        string[] with = Run("Get-Command -Module PSCertAuthority | Where-Object { $_.Parameters.ContainsKey('PasswordFile') } | ForEach-Object Name");
        Assert.Equal(
            ["Export-CaCrl", "Export-CaOcspResponse", "New-CaAuthority", "New-CaCertificate", "Start-CaOcspResponder", "Start-CaWebInterface", "Update-CaAuthority", "Update-CaCertificate"],
            with.Order());
    }

    public void Dispose() => _session.Dispose();

    private string[] Run(string script) => [.. _session.Run(script).Select(value => value.ToString())];
}

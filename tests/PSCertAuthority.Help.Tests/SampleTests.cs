using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Xunit;

namespace PSCertAuthority.HelpTests;

/// <summary>The scripts and units of docs/samples, as administrators copy them.</summary>
public sealed partial class SampleTests : IClassFixture<ExampleWorld>, IDisposable
{
    private static readonly string Samples = Path.GetFullPath(Path.Combine(Repository.AboutTopics, "../docs/samples"));

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("psca-sample-");
    private readonly string? _modulePath = Environment.GetEnvironmentVariable("PSModulePath");
    private readonly HelpSession _session;

    public SampleTests(ExampleWorld world)
    {
        _session = world.EnterCopy(Path.Combine(_parent.FullName, "ca"));
        string modules = Path.GetFullPath(Path.Combine(Repository.ModulePath, "../.."));
        Environment.SetEnvironmentVariable("PSModulePath", modules + Path.PathSeparator + _modulePath);
        _session.Run("""
            Remove-CaAuthority Vault -Force -WarningAction Ignore
            $issuer = [Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile("$PWD/issuing.pem", (Get-CaAuthority Issuing).KeyFile)
            $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
            $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=aging.example.com', $key, 'SHA256')
            $names = [Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
            $names.AddDnsName('aging.example.com')
            $request.CertificateExtensions.Add($names.Build())
            $signer = [Security.Cryptography.X509Certificates.X509SignatureGenerator]::CreateForECDsa([Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($issuer))
            # Older than its issuer, which is of today; the platform's shorter way refuses that.
            $old = $request.Create($issuer.SubjectName, $signer, [datetimeoffset]::Now.AddDays(-300), [datetimeoffset]::Now.AddDays(10), [byte[]](1..8))
            $old | Import-CaCertificate -Profile webserver
            """);
    }

    [Fact]
    public void The_daily_script_renews_signs_and_tells_and_does_no_harm_twice()
    {
        string[] written = [.. Maintain("-CertificateDirectory certs").Select(output => output.ToString()!)];
        Assert.Contains(written, line => line.EndsWith("aging.example.com.pem", StringComparison.Ordinal));
        Assert.Equal(["Issuing.crl", "Root.crl"], Directory.EnumerateFiles(Path.Combine(_parent.FullName, "ca", "crl")).Select(Path.GetFileName).Order());
        Assert.Equal("0", Text("$LASTEXITCODE"));
        Assert.Equal("1", Text("@(Get-CaCertificate -Subject /CN=aging.example.com | Where-Object ReplacedBy).Count"));
        Maintain("-CertificateDirectory certs");
        Assert.Equal("2", Text("@(Get-CaCertificate -Subject /CN=aging.example.com).Count"));
        Assert.Equal("1", Text("@(Get-CaCertificate -Subject /CN=mail01.example.com).Count"));
        Assert.Equal("True", Text("Test-CaCertificate -Path certs/aging.example.com.pem -CrlPath crl/Issuing.crl, crl/Root.crl -Quiet"));
    }

    [Fact]
    public void The_daily_script_signs_a_complete_list_with_each_key_of_an_authority()
    {
        _session.Run("Revoke-CaCertificate mail01.example.com -Reason Superseded; Update-CaAuthority Issuing -NewKey -WarningAction Ignore");
        Maintain("-CertificateDirectory certs");
        Assert.Equal("0", Text("$LASTEXITCODE"));
        Assert.Equal(["Issuing-2.crl", "Issuing.crl", "Root.crl"], Directory.EnumerateFiles(Path.Combine(_parent.FullName, "ca", "crl")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string serial = Text("(Get-CaCertificate mail01.example.com).SerialNumber").Replace(":", string.Empty, StringComparison.Ordinal);
        foreach (string list in new[] { "Issuing.crl", "Issuing-2.crl" })
            Assert.Contains(serial, Convert.ToHexString(File.ReadAllBytes(Path.Combine(_parent.FullName, "ca", "crl", list))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_renewal_that_could_not_be_written_is_written_by_the_next_run()
    {
        // A file in the place of the directory keeps everybody from writing, root too.
        File.WriteAllText(Path.Combine(_parent.FullName, "ca", "certs"), string.Empty);
        for (int run = 0; run < 2; run++)
        {
            _session.Invoke($"& '{Samples}/Invoke-CaMaintenance.ps1' -CrlDirectory crl -CertificateDirectory certs");
            Assert.NotEmpty(_session.Errors);
            Assert.Equal("1", Text("$LASTEXITCODE"));
            Assert.Equal("2", Text("@(Get-CaCertificate -Subject /CN=aging.example.com).Count"));
        }

        File.Delete(Path.Combine(_parent.FullName, "ca", "certs"));
        Assert.Contains(Maintain("-CertificateDirectory certs"), output => output.ToString()!.EndsWith("aging.example.com.pem", StringComparison.Ordinal));
        Assert.Equal("0", Text("$LASTEXITCODE"));
        Assert.Equal("True", Text("Test-CaCertificate -Path certs/aging.example.com.pem -Quiet"));
        Assert.DoesNotContain(Maintain("-CertificateDirectory certs"), output => output.ToString()!.EndsWith(".pem", StringComparison.Ordinal));
        Assert.Equal("2", Text("@(Get-CaCertificate -Subject /CN=aging.example.com).Count"));
    }

    [Fact]
    public void A_store_that_is_not_there_is_no_success()
    {
        _session.Invoke($"& '{Samples}/Invoke-CaMaintenance.ps1' -CrlDirectory crl -CertificateDirectory certs -StorePath away/ca.db");
        Assert.Equal("StoreMissing", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("1", Text("$LASTEXITCODE"));
        Assert.False(Directory.Exists(Path.Combine(_parent.FullName, "ca", "away")) || Directory.Exists(Path.Combine(_parent.FullName, "ca", "crl")));
    }

    [Fact]
    public void The_daily_script_tells_watchers_of_what_it_does_not_renew()
    {
        Maintain(string.Empty);
        Assert.Equal("1", Text("@((Get-CaWatcher mail01.example.com).Notices).Count"));
    }

    [Fact]
    public void The_daily_script_goes_on_after_a_failure_and_ends_with_1()
    {
        _session.Run("New-CaAuthority Guarded -KeyType EC -Password (Read-Host -AsSecureString)");
        _session.Invoke($"& '{Samples}/Invoke-CaMaintenance.ps1' -CrlDirectory crl");
        Assert.Equal("KeyPasswordRequired", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("1", Text("$LASTEXITCODE"));
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(_parent.FullName, "ca", "crl")).Count());
        _session.Run("Read-Host -AsSecureString | Export-Clixml password.xml");
        Maintain("-PasswordPath password.xml");
        Assert.Equal(3, Directory.EnumerateFiles(Path.Combine(_parent.FullName, "ca", "crl")).Count());
    }

    [Fact]
    public void A_key_that_is_missing_is_a_failure_and_one_that_never_was_here_is_none()
    {
        _session.Run("Export-CaAuthority Root -Path root-only.pem; Import-CaAuthority root-only.pem -StorePath keyless.db");
        _session.Run($"& '{Samples}/Invoke-CaMaintenance.ps1' -CrlDirectory crl -StorePath keyless.db");
        Assert.Equal("0", Text("$LASTEXITCODE"));
        _session.Run("Move-Item (Get-CaAuthority Issuing).KeyFile away.key");
        _session.Invoke($"& '{Samples}/Invoke-CaMaintenance.ps1' -CrlDirectory crl");
        Assert.Contains(_session.Errors, error => error.FullyQualifiedErrorId.StartsWith("KeyFileMissing,", StringComparison.Ordinal));
        Assert.Equal("1", Text("$LASTEXITCODE"));
        Assert.Equal(["Root.crl"], Directory.EnumerateFiles(Path.Combine(_parent.FullName, "ca", "crl")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_password_that_is_not_there_is_a_failure()
    {
        _session.Invoke($"& '{Samples}/Invoke-CaMaintenance.ps1' -CrlDirectory crl -PasswordPath nowhere.xml");
        Assert.Contains("nowhere.xml", Assert.Single(_session.Errors).Exception.Message);
        Assert.Equal("1", Text("$LASTEXITCODE"));
        Assert.False(Directory.Exists(Path.Combine(_parent.FullName, "ca", "crl")));
    }

    [Fact]
    public void The_daily_script_changes_nothing_with_WhatIf()
    {
        Maintain("-CertificateDirectory certs -WhatIf");
        Assert.False(Directory.Exists(Path.Combine(_parent.FullName, "ca", "crl")) || Directory.Exists(Path.Combine(_parent.FullName, "ca", "certs")));
        Assert.Equal("1", Text("@(Get-CaCertificate -Subject /CN=aging.example.com).Count"));
    }

    [Fact]
    public void The_task_of_Windows_runs_the_daily_script()
    {
        // Windows alone has these cmdlets; the stand-ins show what they are given.
        _session.Run("""
            function New-ScheduledTaskAction($Execute, $Argument) { $Argument }
            function New-ScheduledTaskTrigger([switch]$Daily, [datetime]$At) { "daily $($At.ToString('HH:mm'))" }
            function New-ScheduledTaskPrincipal($UserId, $LogonType, $RunLevel) { "$UserId $LogonType $RunLevel" }
            function New-ScheduledTaskSettingsSet([switch]$StartWhenAvailable, $MultipleInstances, [timespan]$ExecutionTimeLimit) { 'settings' }
            function Register-ScheduledTask($TaskName, $Action, $Trigger, $Principal, $Settings, $Description) { "$Action|$Trigger|$Principal|$Settings" }
            """);
        string script = File.ReadAllText(Path.Combine(Samples, "Register-CaMaintenance.ps1")).Replace("$PSScriptRoot", $"'{Samples}'", StringComparison.Ordinal);
        // Who runs the tests is no administrator of Windows, perhaps.
        script = script.Replace("#requires -RunAsAdministrator", string.Empty, StringComparison.Ordinal);
        string[] parts = Text($"& {{ {script} }} -StorePath ca.db -CrlDirectory 'my crl' -CertificateDirectory certs -UserId 'EXAMPLE\\pki$'").Split('|');
        Assert.Equal(["daily 03:17", "EXAMPLE\\pki$ Password Limited", "settings"], parts[1..]);
        AssertCalls(parts[0]);
        Assert.Contains("-CrlDirectory \"my crl\"", parts[0]);
        Assert.Empty(_session.Run($"& {{ {script} }} -StorePath ca.db -CrlDirectory crl -WhatIf"));
    }

    [Theory]
    [InlineData("psca-maintenance.service")]
    [InlineData("psca-maintenance.cron")]
    public void The_line_of_Linux_runs_the_daily_script(string file) =>
        AssertCalls(File.ReadLines(Path.Combine(Samples, file)).Single(line => line.Contains("Invoke-CaMaintenance.ps1 ", StringComparison.Ordinal)));

    /// <summary>A command line names the script, and parameters that it has.</summary>
    private void AssertCalls(string line)
    {
        string[] known = [.. _session.Run($"(Get-Command '{Samples}/Invoke-CaMaintenance.ps1').Parameters.Keys").Select(name => name.ToString()!)];
        string arguments = line[(line.IndexOf("Invoke-CaMaintenance.ps1", StringComparison.Ordinal) + 1)..];
        string[] used = [.. ParameterName().Matches(arguments).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    private PSObject[] Maintain(string parameters) => [.. _session.Run($"& '{Samples}/Invoke-CaMaintenance.ps1' -CrlDirectory crl {parameters}")];

    private string Text(string script) => _session.Run(script).Single().ToString()!;

    public void Dispose()
    {
        _session.Dispose();
        Environment.SetEnvironmentVariable("PSModulePath", _modulePath);
        _parent.Delete(recursive: true);
    }

    [GeneratedRegex(@"\s-(\w+)")]
    private static partial Regex ParameterName();
}

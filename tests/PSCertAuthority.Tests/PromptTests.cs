using System;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Questions where nobody can be asked: the session of these tests has no user interface.</summary>
public sealed class PromptTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public PromptTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        $null = New-CaCertificate -GenerateKey -KeyPath a.key -Authority Root -Subject /CN=a.example.com
        $null = Backup-CaStore backup.zip
        """);

    [Theory]
    [InlineData("Remove-CaAuthority Root", "-Force")]
    [InlineData("Restore-CaStore backup.zip -NoKey", "-Force")]
    [InlineData("Set-CaAuthority Root -Enabled $false -Confirm", "-Confirm:$false")]
    [InlineData("Revoke-CaCertificate a.example.com -Confirm", "-Confirm:$false")]
    [InlineData("Suspend-CaCertificate a.example.com -Confirm", "-Confirm:$false")]
    [InlineData("Set-CaSetting DefaultSubject /C=AT -Confirm", "-Confirm:$false")]
    [InlineData("New-CaAuthority Other -KeyType EC -Confirm", "-Confirm:$false")]
    [InlineData("Add-CaWatcher a.example.com ann@example.com -Confirm", "-Confirm:$false")]
    public void A_question_that_nobody_can_answer_is_an_error_that_says_what_to_give(string script, string instead)
    {
        _session.Invoke($"try {{ {script} }} catch {{ $asked = $_ }}; $given = Get-CaAuthority; $certificate = Get-CaCertificate a.example.com");
        Assert.StartsWith("PromptNotPossible,", Text("$asked.FullyQualifiedErrorId"));
        Assert.Contains(instead, Text("$asked.Exception.Message"));
        Assert.Equal("Root Valid Valid", Text("\"$($given.Name) $($given.Status) $($certificate.Status)\""));
    }

    public void Dispose() => _session.Dispose();

    private string Text(string script) => _session.Run(script)[0].ToString();
}

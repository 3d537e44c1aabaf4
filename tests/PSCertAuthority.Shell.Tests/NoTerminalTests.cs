using System;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

public sealed class NoTerminalTests : ShellTest
{
    [Fact]
    public async Task Questions_are_errors_and_not_waits()
    {
        string script = Write("ask.ps1", """
            $null = New-CaAuthority Root -KeyType EC
            function Ask { param([Parameter(Mandatory)][string]$Name) 'not reached' }
            $questions = { Set-CaAuthority Root -Enabled $false -Confirm -ErrorAction Stop }, { Ask },
                { $Host.UI.ReadLine() }, { $Host.UI.ReadLineAsSecureString() },
                { $Host.UI.PromptForCredential('', '', 'joe', '') }, { $Host.UI.RawUI.ReadKey() }
            foreach ($question in $questions) {
                try { & $question } catch { $_.Exception.GetBaseException().ErrorRecord.FullyQualifiedErrorId }
            }
            "enabled: $((Get-CaAuthority Root).Enabled)"
            """);
        Ended ended = await Run(script);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        const string Refused = "PromptNotPossible";
        Assert.Equal(
            [Refused, "MissingMandatoryParameter,Ask", Refused, Refused, Refused, Refused, "enabled: True", ""],
            ended.Output.Split('\n'));
    }

    [Fact]
    public async Task A_standard_input_that_is_closed_ends_a_read()
    {
        Ended ended = await RunWithoutInput("-Command", "$Host.UI.ReadLine()");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("A prompt is not possible: standard input is closed.", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_and_secrets_can_be_piped_in()
    {
        const string Command = "$l = $Host.UI.ReadLine(); $s = $Host.UI.ReadLineAsSecureString(); \"$l $($s.Length)\"";
        Assert.Equal(new Ended(0, "line 6\n", ""), await Run(["-Command", Command], "line\nsecret\n"));
    }
}

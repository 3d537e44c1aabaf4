using System;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

/// <summary>Questions at a pseudo terminal. What is typed follows the question at once, as expect would type it.</summary>
public sealed class TerminalTests : ShellTest
{
    private const string Enter = "\r";

    [Fact]
    public async Task A_confirmation_is_asked_until_it_is_answered_and_errors_are_coloured()
    {
        using ShellProcess process = StartAtTerminal([Write("confirm.ps1", """
            $null = New-CaAuthority Root -KeyType EC
            Set-CaAuthority Root -Enabled $false -Confirm
            "first: $((Get-CaAuthority Root).Enabled)"
            Set-CaAuthority Root -Enabled $false -Confirm
            "second: $((Get-CaAuthority Root).Enabled)"
            Get-CaAuthority nope
            exit 3
            """)]);
        string question = await process.WaitFor("(default is \"Y\"): ");
        Assert.Contains("Performing the operation", question, StringComparison.Ordinal);
        process.Type("n" + Enter);
        await process.WaitFor("first: True");
        await process.WaitFor("(default is \"Y\"): ");
        process.Type("?" + Enter);
        await process.WaitFor("N - Skip this operation");
        await process.WaitFor("(default is \"Y\"): ");
        process.Type("what" + Enter);
        await process.WaitFor("(default is \"Y\"): ");
        process.Type("yes" + Enter);
        await process.WaitFor("second: False");
        await process.WaitFor("\u001b[31;1mThere is no authority 'nope'");
        Assert.Equal(3, (await process.End()).ExitCode);
    }

    [Fact]
    public async Task A_credential_is_asked_and_its_password_never_shown()
    {
        using ShellProcess process = StartAtTerminal(["-Command",
            "$c = $Host.UI.PromptForCredential('Sign in', 'to go on', 'joe', ''); $c.GetNetworkCredential().Password.Length"]);
        Assert.Contains("Sign in", await process.WaitFor("Password for user joe: "), StringComparison.Ordinal);
        process.Type("secret" + "\u007f\u007f" + "T-word" + Enter);
        await process.WaitFor("10");
        Ended ended = await process.End();
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("******", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("T-w", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mandatory_parameters_are_asked_for_by_type()
    {
        using ShellProcess process = StartAtTerminal([Write("mandatory.ps1", """
            param([Parameter(Mandatory, HelpMessage = 'whom to greet')][string[]]$Name,
                  [Parameter(Mandatory)][securestring]$Pin, [Parameter(Mandatory)][int]$Count)
            "$($Name -join '+') $($Pin.Length) $($Count + 1)"
            """)]);
        foreach ((string question, string answer) in ((string, string)[])[
            ("Name[0]: ", "!?"), ("Name[0]: ", "Ann"), ("Name[1]: ", "Bob"), ("Name[2]: ", ""),
            ("Pin: ", "4711"), ("Count: ", "many"), ("Count: ", "41")])
        {
            await process.WaitFor(question);
            process.Type(answer + Enter);
        }

        await process.WaitFor("Ann+Bob 4 42");
        Ended ended = await process.End();
        Assert.Contains("whom to greet", ended.Output, StringComparison.Ordinal);
        Assert.Contains("'many' is not of the type Int32.", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_C_ends_a_native_command_and_the_script()
    {
        using ShellProcess process = StartAtTerminal(["-Command", "sh -c 'echo child; exec sleep 300'; 'not ' + 'reached'"]);
        await process.WaitFor("child");
        process.Type("\u0003");
        Ended ended = await process.End();
        Assert.Equal(130, ended.ExitCode);
        Assert.DoesNotContain("not reached", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0003", 130, "$")]
    [InlineData("\u0004", 1, "input has ended")]
    public async Task Control_C_and_control_D_end_a_question(string key, int exitCode, string shown)
    {
        using ShellProcess process = StartAtTerminal([Write("ask.ps1",
            "$c = $Host.UI.PromptForCredential('', '', 'joe', ''); '$'; if (!$c) { exit 1 }; 'not ' + 'reached'")]);
        await process.WaitFor("Password for user joe: ");
        process.Type(key);
        Ended ended = await process.End();
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Equal(exitCode != 130, ended.Output.Contains(shown, StringComparison.Ordinal));
        Assert.DoesNotContain("not reached", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NonInteractive_refuses_to_ask_and_NO_COLOR_to_colour()
    {
        using ShellProcess process = StartAtTerminal(["-NonInteractive", "-Command", "$Host.UI.ReadLine()"], ("NO_COLOR", "1"));
        Ended ended = await process.End();
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("MethodInvocationException: Exception calling", ended.Output, StringComparison.Ordinal);
        Assert.Contains("A prompt is not possible: the session is not interactive.", ended.Output, StringComparison.Ordinal);
    }
}

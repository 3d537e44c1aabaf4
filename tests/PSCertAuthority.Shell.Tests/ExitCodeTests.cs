using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

public sealed class ScriptExitCodeTests : ShellTest
{
    [Theory]
    [InlineData("function f { exit 7 }; f; 'not reached'", 7)]
    [InlineData("sh -c 'exit 5'; exit $LASTEXITCODE", 5)]
    [InlineData("Get-CaAuthority nope; sh -c 'exit 5'", 0)]
    public async Task A_script_ends_with(string text, int exitCode)
    {
        Ended ended = await Run(Write("test.ps1", text));
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.DoesNotContain("not reached", ended.Output, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exit_of_a_script_that_is_called_is_its_callers_LASTEXITCODE()
    {
        Write("inner.ps1", "'in'; exit 4; 'not reached'");
        Ended ended = await Run(Write("outer.ps1", "& $PSScriptRoot/inner.ps1; \"last=$LASTEXITCODE ok=$?\""));
        Assert.Equal(new Ended(0, "in\nlast=4 ok=False\n", ""), ended);
    }
}

public sealed class CommandExitCodeTests : ShellTest
{
    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("sh -c 'exit 5'", 1)]
    [InlineData("Get-CaAuthority nope", 1)]
    public async Task A_command_ends_with(string text, int exitCode) =>
        Assert.Equal(exitCode, (await Run("-Command", text)).ExitCode);

    [Fact]
    public async Task A_command_can_come_from_standard_input()
    {
        Ended ended = await Run(["-Command", "-"], input: "foreach ($i in 1, 2) {\n  \"line $i\"\n}\nsh -c 'exit 5'\n");
        Assert.Equal(new Ended(1, "line 1\nline 2\n", ""), ended);
    }
}

using System;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

public sealed class UsageTests : ShellTest
{
    private const int BadUsage = 64;
    private const int ModuleUnavailable = 69;

    [Theory]
    [InlineData("Name a script file")]
    [InlineData("The option '-Bogus' is not known", "-Bogus")]
    [InlineData("The option '-File' needs a value", "-File")]
    [InlineData("The option '-Command' needs a value", "-NoProfile", "-Command")]
    [InlineData("nothing may follow", "-Command", "-", "x")]
    [InlineData("'missing.ps1' does not exist", "missing.ps1", "-Name", "x")]
    [InlineData("'/' does not exist", "-File", "/")]
    [InlineData("'script.txt' is not a script", "script.txt")]
    public async Task A_command_line_that_cannot_be_followed_is_one_line_of_error(string message, params string[] arguments)
    {
        Write("script.txt", "'text'");
        AssertRefused(await Run(arguments), BadUsage, message);
    }

    [Fact]
    public async Task A_module_that_is_not_there_is_named()
    {
        AssertRefused(await Run("-ModulePath", "nowhere", "-Command", "1"), ModuleUnavailable, PathOf("nowhere"));
        AssertRefused(await Run(["-Command", "1"], "", ("PSCA_MODULE", "/no/where")), ModuleUnavailable, "PSCA_MODULE");
    }

    [Fact]
    public async Task A_module_that_cannot_be_imported_says_why()
    {
        Ended ended = await Run("-ModulePath", Write("broken.psm1", "throw 'broken on purpose'"), "-Command", "'not reached'");
        AssertRefused(ended, ModuleUnavailable, "broken on purpose");
        Assert.DoesNotContain("ErrorActionPreference", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_version_need_no_module()
    {
        Ended help = await Run(["-ModulePath", "nowhere", "-Help"], "");
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains("130 Ctrl+C", help.Output, StringComparison.Ordinal);
        Ended version = await Run("--version");
        Assert.Equal((0, ""), (version.ExitCode, version.Error));
        Assert.Matches(@"^PSCertAuthority\.Shell \d+\.\d+\.\d+\S* \(PowerShell engine 7\.\d+\.\d+\)\n$", version.Output);
    }

    [Fact]
    public async Task A_command_line_written_for_pwsh_is_understood()
    {
        string script = Write("x.ps1", "'understood'");
        Ended ended = await Run("-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", script);
        Assert.Equal(new Ended(0, "understood\n", ""), ended);
    }

    private static void AssertRefused(Ended ended, int exitCode, string message)
    {
        Assert.Equal((exitCode, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith("PSCertAuthority.Shell: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
    }
}

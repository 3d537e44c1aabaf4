using System;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

public sealed class ErrorViewTests : ShellTest
{
    [Fact]
    public async Task Each_error_names_the_command_the_script_and_the_line_whether_it_ended_the_script_or_not()
    {
        string script = Write("errors.ps1", """
            function f {
                Get-CaAuthority nope
            }
            f
            1/0
            'later'
            throw 'uncaught'
            'not reached'
            """);
        Ended ended = await Run(script);
        Assert.Equal((1, "later\n"), (ended.ExitCode, ended.Output));
        string[] errors = ended.Error.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, errors.Length);
        string[] first = errors[0].Split('\n');
        Assert.Equal([$"Get-CaAuthority: {script}:2", "Line |", "   2 |      Get-CaAuthority nope"], first[..3]);
        Assert.Equal(Shown("RuntimeException", script, 5, "1/0", "Attempted to divide by zero."), errors[1]);
        Assert.Equal(Shown("Exception", script, 7, "throw 'uncaught'", "uncaught"), errors[2]);
    }

    [Theory]
    [InlineData("$null = New-CaAuthority Root -KeyType EC; Get-CaAuthority nope", "There is no authority 'nope'")]
    [InlineData("Get-CaAuthority nope", "There is no store")]
    [InlineData("Get-CaAuthority -StorePath away/ca.db", "There is no store")]
    [InlineData("Get-CaAuthority -StorePath away/ca.db -Identity x, y", "There is no store")]
    public async Task An_error_of_a_cmdlet_that_ends_a_command_keeps_its_name(string command, string message)
    {
        Ended ended = await Run("-Command", $"{command} -ErrorAction Stop; 'not reached'");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith($"Get-CaAuthority: {message}", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_cannot_be_parsed_does_not_begin()
    {
        string script = Write("parse.ps1", "'not reached'\n1 }\n");
        Ended ended = await Run(script);
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith($"ParserError: {script}:2\nLine |\n   2 |  1 }}\n     |    ~\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_breaks_off_says_where()
    {
        Ended ended = await Run("-Command", "if (");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("   1 |  if (\n     |      ~\n     | Missing condition", ended.Error, StringComparison.Ordinal);
    }

    private static string Shown(string name, string script, int number, string line, string message) =>
        $"{name}: {script}:{number}\nLine |\n   {number} |  {line}\n     |  {new string('~', line.Length)}\n     | {message}";
}

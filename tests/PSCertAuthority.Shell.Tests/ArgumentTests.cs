using System;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

public sealed class ArgumentTests : ShellTest
{
    private const string Script = """
        param([string]$Name, [switch]$Force, [int]$Count = 3, [Parameter(ValueFromRemainingArguments)][string[]]$Rest)
        "$Name|$Force|$Count|$($Rest -join ',')"
        """;

    [Theory]
    [InlineData("x|True|-7|a,b c,", "-Name", "x", "-Force", "-Cou", "-7", "a", "b c", "")]
    [InlineData("$HOME; `'|False|4|", "-Name:$HOME; `'", "-Force:$FALSE", "-Count:", "4")]
    public async Task Words_are_bound_as_pwsh_binds_them(string shown, params string[] words) =>
        Assert.Equal(new Ended(0, shown + "\n", ""), await Run([Write("test.ps1", Script), .. words]));

    [Fact]
    public async Task A_word_that_cannot_be_bound_is_an_error_of_the_script()
    {
        Ended ended = await Run(Write("test.ps1", Script), "-Count", "many");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        const string Message = "test.ps1: Cannot process argument transformation on parameter 'Count'.";
        Assert.StartsWith(Message, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_param_block_the_words_are_args_and_the_script_knows_where_it_is()
    {
        string script = Write("a [b]/ü.ps1", "\"$($args.Count): $args\"; $PSScriptRoot; $PSCommandPath; $PWD.Path");
        Ended ended = await Run("a [b]/ü.ps1", "one", "-two", "3");
        Assert.Equal(new Ended(0, $"3: one -two 3\n{PathOf("a [b]")}\n{script}\n{PathOf("")}\n", ""), ended);
    }
}

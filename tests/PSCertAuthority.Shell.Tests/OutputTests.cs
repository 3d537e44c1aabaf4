using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

public sealed class OutputTests : ShellTest
{
    [Fact]
    public async Task Errors_go_to_standard_error_and_the_other_streams_to_standard_output()
    {
        string script = Write("streams.ps1", """
            [CmdletBinding()] param()
            'output é✓'
            $PSCmdlet.WriteWarning('careful')
            $PSCmdlet.WriteVerbose('told')
            $PSCmdlet.WriteInformation('known', [string[]]@())
            $Host.UI.WriteLine('host')
            $wrong = [Exception]::new('wrong')
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($wrong, 'Id', 'NotSpecified', $null))
            [Console]::Error.WriteLine('raw')
            sh -c 'echo native; echo native error >&2'
            "last=$LASTEXITCODE width=$($Host.UI.RawUI.WindowSize.Width)"
            """);
        Ended ended = await Run(script, "-Verbose", "-InformationAction", "Continue");
        Assert.Equal("output é✓\nWARNING: careful\nVERBOSE: told\nknown\nhost\nnative\nlast=0 width=120\n", ended.Output);
        Assert.Equal("streams.ps1: wrong\nraw\nnative error\n", ended.Error);
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task Authorities_are_a_table_as_wide_as_the_screen_and_without_colours_in_a_pipe()
    {
        string script = Write("table.ps1", """
            $null = New-CaAuthority Root -KeyType EC -Subject "/O=$('Long' * 15)/CN=Example Root"
            Get-CaAuthority
            [pscustomobject]@{ Name = 'as a list'; Value = 1 }
            """);
        string[] lines = (await Run([script], "", ("COLUMNS", "100"))).Output.Split('\n');
        Assert.Equal(["", "Name Status Parent Key NotAfter Serial Subject"], lines[..2].Select(Words));
        Assert.Equal("Root Valid EC 256", Words(lines[3])[..17]);
        Assert.Matches("/O=(Long)+[Long]*…$", lines[3]);
        Assert.Equal(99, lines[3].Length); // the engine leaves the last column free
        Assert.Equal(["Name : as a list", "Value : 1"], lines[5..7].Select(Words));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

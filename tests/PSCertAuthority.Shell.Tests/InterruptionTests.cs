using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

public sealed class InterruptionTests : ShellTest
{
    [Fact]
    public async Task A_running_script_stops_and_tidies_up()
    {
        using ShellProcess process = Start([Write("loop.ps1", """
            try { 'running'; while ($true) { } } catch { 'not reached' } finally { [Console]::WriteLine('tidied') }
            'not reached'
            """)]);
        await process.WaitFor("running\n");
        process.Interrupt();
        Assert.Equal(new Ended(130, "running\ntidied\n", ""), await process.End());
    }

    [Fact]
    public async Task A_native_command_whose_output_is_read_is_ended_with_it()
    {
        const string Command = "sh -c 'echo $$; exec sleep 300' | ForEach-Object { $_ }; 'not reached'";
        using ShellProcess process = Start(["-Command", Command]);
        string child = (await process.WaitFor("\n")).Trim();
        process.Interrupt();
        Assert.Equal(new Ended(130, child + "\n", ""), await process.End());
        string entry = "/proc/" + int.Parse(child, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        Assert.False(Directory.Exists(entry), "the native command was left behind");
    }

    [Fact]
    public async Task A_module_whose_import_is_stopped_is_not_gone_without()
    {
        string module = Write("slow.psm1", "[Console]::WriteLine('importing'); while ($true) { }");
        using ShellProcess process = Start(["-ModulePath", module, "-Command", "'not reached'"]);
        await process.WaitFor("importing\n");
        process.Interrupt();
        Assert.Equal(new Ended(130, "importing\n", ""), await process.End());
    }

    [Fact]
    public async Task A_wait_for_a_line_stops()
    {
        using ShellProcess process = Start(["-Command", "'running'; try { $Host.UI.ReadLine() } catch { }; 'not reached'"]);
        await process.WaitFor("running\n");
        process.Interrupt();
        Assert.Equal(new Ended(130, "running\n", ""), await process.End());
    }

    [Fact]
    public async Task What_cannot_be_stopped_is_ended_by_the_second_interruption()
    {
        using ShellProcess process = Start(["-Command", "'running'; [Threading.Thread]::Sleep(300000)"]);
        await process.WaitFor("running\n");
        process.InterruptUntilEnd();
        Assert.Equal(new Ended(130, "running\n", ""), await process.End());
    }
}

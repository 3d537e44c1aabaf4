using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace PSCertAuthority.Shell.Tests;

/// <summary>Starts the program that was built, in a folder and with a store of the test's own.</summary>
public abstract class ShellTest : IDisposable
{
    // A program that was started in the background of a script may have been told to ignore Ctrl+C; these are not to inherit it.
    private const string DefaultSignals = "--default-signal=INT";

    private static readonly string Shell = typeof(ShellTest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "ShellPath").Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("psca-shell-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file into the folder, which is the current one of the programs started.</summary>
    internal string Write(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a program to its end, with nothing on its standard input.</summary>
    internal Task<Ended> Run(params string[] arguments) => Run(arguments, input: string.Empty);

    internal async Task<Ended> Run(string[] arguments, string input, params (string Name, string Value)[] environment)
    {
        using ShellProcess process = Start(arguments, environment);
        process.Type(input);
        process.CloseInput();
        return await process.End();
    }

    internal ShellProcess Start(string[] arguments, params (string Name, string Value)[] environment) =>
        StartProgram("env", [DefaultSignals, "dotnet", Shell, .. arguments], environment);

    /// <summary>Starts a program at a pseudo terminal: its input is what is typed, its output the screen.</summary>
    internal ShellProcess StartAtTerminal(string[] arguments, params (string Name, string Value)[] environment) =>
        StartProgram("script", ["-q", "-e", "-c", CommandLine(arguments), "/dev/null"], environment);

    /// <summary>Runs a program whose descriptor 0 is closed, not merely empty.</summary>
    internal async Task<Ended> RunWithoutInput(params string[] arguments)
    {
        using ShellProcess process = StartProgram("sh", ["-c", CommandLine(arguments) + " <&-"], []);
        return await process.End();
    }

    private static string CommandLine(string[] arguments) =>
        "exec env " + DefaultSignals + " dotnet " + string.Join(' ', arguments.Prepend(Shell).Select(Quoted));

    private static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private ShellProcess StartProgram(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder };
        foreach (string name in (string[])["COLUMNS", "NO_COLOR", "PSCA_MODULE"])
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TERM"] = "xterm";
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment["PSCA_STORE"] = PathOf("ca.db");
        start.Environment["DOTNET_TieredPGO"] = "0"; // a tenth of the time of a start
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new ShellProcess(start);
    }
}

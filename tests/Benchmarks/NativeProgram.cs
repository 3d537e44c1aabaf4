using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Benchmarks;

/// <summary>A program of the machine that does the same job.</summary>
internal static class NativeProgram
{
    /// <summary>Whether it is on the path.</summary>
    public static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>What it wrote to its standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error.Result}");
    }
}

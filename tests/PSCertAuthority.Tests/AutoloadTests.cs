using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>PowerShell loads the module by the name of a cmdlet, in several runspaces at once too, and still finds its DSC resources. Each in a fresh pwsh.</summary>
public sealed class AutoloadTests : IDisposable
{
    private const int Processes = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("psca-autoload-").FullName;

    [Fact]
    public void No_item_of_a_parallel_loop_is_lost()
    {
        if (Pwsh is null)
            return;
        for (int i = 0; i < Processes; i++)
        {
            string store = Path.Combine(_folder, $"{i}.db");
            Assert.Equal("8", Run($"$done = 1..8 | ForEach-Object -Parallel {{ Get-CaStore -StorePath '{store}' }} -ThrottleLimit 8; @($done).Count"));
        }
    }

    [Fact]
    public void The_DSC_resources_are_listed()
    {
        if (Pwsh is null)
            return;
        Assert.Equal("CaAuthority CaCertificate CaCrl", Run("\"$((Get-Module PSCertAuthority.Dsc -ListAvailable).ExportedDscResources | Sort-Object)\""));
    }

    private static string? Pwsh => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh")).FirstOrDefault(File.Exists);

    /// <summary>Runs a script in a process that knows nothing of modules yet; its cache of them is its own.</summary>
    private string Run(string script)
    {
        var start = new ProcessStartInfo(Pwsh!, ["-NoProfile", "-NonInteractive", "-Command", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PSModulePath"] = Path.GetDirectoryName(ModuleSession.ModulePath)!;
        start.Environment["PSModuleAnalysisCachePath"] = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.True(errors.Result.Length == 0, errors.Result);
        return output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

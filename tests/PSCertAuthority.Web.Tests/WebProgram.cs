using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Tests.Interoperability;

namespace PSCertAuthority.Web.Tests;

/// <summary>The real program, staged in the module, on a free port of this machine.</summary>
internal sealed class WebProgram : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _log = string.Empty;

    public WebProgram(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in arguments.Prepend(Path.Combine(Metadata("StagedModulePath"), "server", "PSCertAuthority.Server.dll")))
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public string Log => _log;

    public Uri Url => _listening.Task.Wait(TimeSpan.FromSeconds(60)) ? _listening.Task.Result : throw new InvalidOperationException(_log);

    public static string Metadata(string key) => typeof(WebProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>Whether something comes to be.</summary>
    public static bool Poll(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (condition())
                return true;
            Thread.Sleep(20);
        }

        return false;
    }

    /// <summary>Waits for a program that cannot start.</summary>
    public int WaitForExit()
    {
        _process.WaitForExit(60_000);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Ends it as a service manager does.</summary>
    public void Stop()
    {
        Tool.Succeed("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
        if (!_process.WaitForExit(30_000))
            throw new InvalidOperationException("It did not end: " + _log);
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _log += line + "\n";
        const string marker = "Now listening on: ";
        int at = line.IndexOf(marker, StringComparison.Ordinal);
        if (at >= 0)
            _listening.TrySetResult(new Uri(line[(at + marker.Length)..line.IndexOf('"', at)] + "/"));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

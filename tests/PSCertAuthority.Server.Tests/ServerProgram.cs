using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>The real program, staged in the module, on a free port of this machine.</summary>
internal sealed class ServerProgram : IDisposable
{
    /// <summary>How long something may take at the most on a machine that is busy with other things.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerProgram(params string[] arguments)
    {
        string module = typeof(ServerProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StagedModulePath").Value!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in (IEnumerable<string>)[Path.Combine(module, "server", "PSCertAuthority.Server.dll"), "--listen", "127.0.0.1:0", .. arguments])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public Process Process => _process;

    public string Log { get; private set; } = string.Empty;

    public Uri Url => _listening.Task.Wait(Patience) ? _listening.Task.Result : throw new InvalidOperationException(Log);

    /// <summary>Waits until it can answer.</summary>
    public ServerProgram Ready()
    {
        Assert.True(Poll(() => Client.GetAsync(new Uri(Url, "health/ready")).Result.IsSuccessStatusCode), Log);
        return this;
    }

    /// <summary>Whether something comes to be.</summary>
    public static bool Poll(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Patience)
        {
            if (condition())
                return true;
            Thread.Sleep(20);
        }

        return false;
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        Log += line + "\n";
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
        Client.Dispose();
    }
}

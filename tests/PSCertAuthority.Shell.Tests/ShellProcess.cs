using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PSCertAuthority.Shell.Tests;

/// <summary>What a program that has ended had shown, with line ends as they are on Linux.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error);

/// <summary>A program that runs, with its three streams; it is killed with its children where it outlives the test.</summary>
internal sealed class ShellProcess : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private readonly Task<string> _error;
    private int _seen;

    public ShellProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync(_deadline.Token);
    }

    /// <summary>Waits for a text on standard output, behind the last one that was waited for.</summary>
    /// <returns>What was shown up to its end.</returns>
    public async Task<string> WaitFor(string text)
    {
        int found;
        while ((found = _output.ToString().IndexOf(text, _seen, StringComparison.Ordinal)) < 0)
        {
            if (!await ReadMore())
                Assert.Fail($"'{text}' was not shown, but: {_output}{await _error}");
        }

        int from = _seen;
        _seen = found + text.Length;
        return _output.ToString(from, _seen - from);
    }

    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Sends SIGINT to the process alone, not to its children.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("sh", ["-c", "kill -INT " + _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Sends SIGINT again and again, since two that wait to be delivered are one.</summary>
    public void InterruptUntilEnd()
    {
        while (!_process.HasExited)
        {
            _deadline.Token.ThrowIfCancellationRequested();
            Interrupt();
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Ended> End()
    {
        while (await ReadMore())
        {
        }

        string error = await _error;
        await _process.WaitForExitAsync(_deadline.Token);
        return new Ended(_process.ExitCode, Plain(_output.ToString()), Plain(error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _deadline.Dispose();
    }

    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private async Task<bool> ReadMore()
    {
        var buffer = new char[4096];
        int count = await _process.StandardOutput.ReadAsync(buffer, _deadline.Token);
        _output.Append(buffer, 0, count);
        return count > 0;
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace PSCertAuthority.Ocsp;

/// <summary>The server program as a child of this process: started, listened to, and ended with it.</summary>
internal sealed class ResponderProcess : IDisposable
{
    private const int LinesKept = 20;
    private const int FrameworkMissing = 150;

    /// <summary>For the last words of one that has ended; a child of its own may hold the line open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _dotnet;
    private readonly Process _process;
    private readonly StreamWriter _input;
    private readonly Action<ResponderMessage> _receive;
    private readonly StreamWriter? _log;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly object _writing = new();
    private readonly Thread _listening;

    private ResponderProcess(string dotnet, Process process, Action<ResponderMessage> receive, StreamWriter? log)
    {
        _dotnet = dotnet;
        _process = process;
        _receive = receive;
        _log = log;
        _input = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n", AutoFlush = true };
        Listen("responder messages", process.StandardOutput, line => { if (ResponderMessage.TryParse(line) is { } message) _receive(message); });
        _listening = Listen("responder log", process.StandardError, Keep);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the program.</summary>
    /// <exception cref="CaResponderException"><c>ResponderStartFailed</c>.</exception>
    public static ResponderProcess Start(string dotnet, IReadOnlyList<string> arguments, string folder, Action<ResponderMessage> receive, StreamWriter? log)
    {
        var start = new ProcessStartInfo(dotnet, ArgumentLine.Join(arguments))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            return new ResponderProcess(dotnet, Process.Start(start)!, receive, log);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw ResponderErrors.StartFailed(dotnet, e);
        }
    }

    /// <summary>Sends a line; one that has ended hears nothing.</summary>
    public void Send(ResponderMessage message)
    {
        try
        {
            lock (_writing)
                _input.WriteLine(message.ToString());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended, which is told elsewhere.
        }
    }

    public bool WaitForExit(TimeSpan patience) => _process.WaitForExit((int)patience.TotalMilliseconds);

    /// <summary>Why it ended by itself.</summary>
    public CaResponderException WhyEnded()
    {
        _process.WaitForExit();
        _listening.Join(Patience);
        string said = string.Join(" ", _said);
        return _process.ExitCode == FrameworkMissing || said.Contains("Microsoft.AspNetCore.App")
            ? ResponderErrors.AspNetCoreMissing(_dotnet)
            : ResponderErrors.Ended(_process.ExitCode, said);
    }

    /// <summary>Ends it: with a word first, by force if it does not listen.</summary>
    public void Stop(TimeSpan patience)
    {
        Send(new ResponderMessage(ResponderMessage.Stop));
        if (_process.WaitForExit((int)patience.TotalMilliseconds))
            return;
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended in between.
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _log?.Dispose();
    }

    private static Thread Listen(string name, StreamReader reader, Action<string> take)
    {
        var listening = new Thread(() =>
        {
            try
            {
                while (reader.ReadLine() is { } line)
                    take(line);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The program has ended.
            }
        }) { IsBackground = true, Name = name };
        listening.Start();
        return listening;
    }

    private void Keep(string line)
    {
        _said.Enqueue(line);
        while (_said.Count > LinesKept)
            _said.TryDequeue(out _);
        try
        {
            _log?.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A full disk must not stop the responder.
        }
    }
}

using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace PSCertAuthority.Hosting;

/// <summary>The server program as a child of this process: started, listened to, and ended with it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int LinesKept = 20;
    private const int FrameworkMissing = 150;

    /// <summary>For the last words of one that has ended; a child of its own may hold the line open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _dotnet;
    private readonly ServerErrors _errors;
    private readonly Process _process;
    private readonly StreamWriter _input;
    private readonly Action<ServerMessage> _receive;
    private readonly StreamWriter? _log;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly object _writing = new();
    private readonly Thread _listening;

    private ServerProcess(string dotnet, ServerErrors errors, Process process, Action<ServerMessage> receive, StreamWriter? log)
    {
        _dotnet = dotnet;
        _errors = errors;
        _process = process;
        _receive = receive;
        _log = log;
        _input = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n", AutoFlush = true };
        Listen("server messages", process.StandardOutput, line => { if (ServerMessage.TryParse(line) is { } message) _receive(message); });
        _listening = Listen("server log", process.StandardError, Keep);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the program.</summary>
    /// <exception cref="CaServerException">There is no dotnet, or it cannot be started.</exception>
    public static ServerProcess Start(ServerLaunch launch, Action<ServerMessage> receive, StreamWriter? log)
    {
        string dotnet = DotNetHost.Find(launch.Variables, launch.Errors);
        var start = new ProcessStartInfo(dotnet, ArgumentLine.Join([launch.Program, .. launch.Arguments]))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetDirectoryName(launch.Program)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            return new ServerProcess(dotnet, launch.Errors, Process.Start(start)!, receive, log);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw launch.Errors.StartFailed(dotnet, e);
        }
    }

    /// <summary>Sends a line; one that has ended hears nothing.</summary>
    public void Send(ServerMessage message)
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
    public CaServerException WhyEnded()
    {
        _process.WaitForExit();
        _listening.Join(Patience);
        string said = string.Join(" ", _said);
        return _process.ExitCode == FrameworkMissing || said.Contains("Microsoft.AspNetCore.App")
            ? _errors.AspNetCoreMissing(_dotnet)
            : _errors.Ended(_process.ExitCode, said);
    }

    /// <summary>Ends it: with a word first, by force if it does not listen.</summary>
    public void Stop(TimeSpan patience)
    {
        Send(new ServerMessage(ServerMessage.Stop));
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
        try
        {
            _log?.Dispose();
        }
        catch (IOException)
        {
            // Its last lines find no room on the disk; the program has ended all the same.
        }
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
            // A full disk must not stop the program.
        }
    }
}

using System;
using System.IO;
using System.Management.Automation.Host;
using System.Threading;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Standard output and standard error, with at most one line of progress below what was written.</summary>
internal sealed class ConsoleOutput
{
    private const string EraseLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private readonly bool _errorDecorated;
    private readonly bool _progressShown;
    private bool _progressVisible;

    /// <summary>Looks at what the two streams are.</summary>
    public ConsoleOutput()
    {
        bool terminal = Environment.GetEnvironmentVariable("TERM") != "dumb";
        bool colours = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Decorated = colours && !Console.IsOutputRedirected;
        _errorDecorated = colours && !Console.IsErrorRedirected;
        _progressShown = terminal && !Console.IsErrorRedirected;
    }

    /// <summary>Whether escape sequences may go to standard output: a terminal, and NO_COLOR is not set.</summary>
    public bool Decorated { get; }

    /// <summary>Writes to standard output.</summary>
    /// <param name="text">The text, with its line end where it has one.</param>
    public void Write(string text) => WriteTo(Console.Out, text, Decorated);

    /// <summary>Writes to standard error.</summary>
    /// <param name="text">The text, with its line end where it has one.</param>
    public void WriteError(string text) => WriteTo(Console.Error, text, _errorDecorated);

    /// <summary>Shows a line of progress in place of the one before; does nothing where standard error is no terminal.</summary>
    /// <param name="line">A line shorter than the terminal is wide.</param>
    public void ShowProgress(string line)
    {
        lock (_lock)
        {
            if (_progressShown)
            {
                Console.Error.Write(EraseLine + line);
                _progressVisible = true;
            }
        }
    }

    /// <summary>Takes the line of progress off the terminal.</summary>
    public void ClearProgress()
    {
        lock (_lock)
        {
            if (_progressVisible)
            {
                Console.Error.Write(EraseLine);
                _progressVisible = false;
            }
        }
    }

    private void WriteTo(TextWriter writer, string text, bool decorated)
    {
        lock (_lock)
        {
            ClearProgress();
            writer.Write(PSHostUserInterface.GetOutputString(text, decorated));
        }
    }
}

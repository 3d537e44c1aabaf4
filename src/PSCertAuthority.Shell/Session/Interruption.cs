using System;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace PSCertAuthority.Shell.Session;

/// <summary>Ctrl+C: the first stops the pipeline that runs, the second ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _lock = new();
    private Pipeline? _running;

    /// <summary>Begins to listen.</summary>
    public Interruption() => Console.CancelKeyPress += OnCancelKeyPress;

    /// <summary>Cancelled at the first Ctrl+C; a read from the terminal waits for it too.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Names the pipeline that Ctrl+C is to stop.</summary>
    /// <param name="pipeline">The pipeline about to run.</param>
    /// <returns>False where Ctrl+C was pressed before, and the pipeline is not to run.</returns>
    public bool TryWatch(Pipeline pipeline)
    {
        lock (_lock)
        {
            _running = pipeline;
            return !_source.IsCancellationRequested;
        }
    }

    /// <summary>Forgets the pipeline that was watched, because it has ended.</summary>
    public void Unwatch()
    {
        lock (_lock)
        {
            _running = null;
        }
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKeyPress;
        _source.Dispose();
    }

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs e)
    {
        if (_source.IsCancellationRequested)
        {
            return; // not cancelled: the runtime goes on and ends the process
        }

        e.Cancel = true;
        lock (_lock)
        {
            _source.Cancel(); // first, so that whoever sees the pipeline stopped knows by what
            _running?.StopAsync();
        }
    }
}

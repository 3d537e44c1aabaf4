using System.Diagnostics;
using System.Management.Automation;
using PSCertAuthority.Maintenance;

namespace PSCertAuthority.Commands;

/// <summary>What the commands that work on a whole store have in common: they say how far they are.</summary>
public abstract class StoreCareCommand : CaCommand
{
    private readonly Stopwatch _running = Stopwatch.StartNew();
    private long _lastProgress;

    /// <summary>Shows progress, once a second at most.</summary>
    protected void Report(StoreProgress progress)
    {
        if (_running.ElapsedMilliseconds - _lastProgress < 1000)
            return;
        _lastProgress = _running.ElapsedMilliseconds;
        int percent = progress.Total > 0 ? (int)(100 * progress.Done / progress.Total) : -1;
        WriteProgress(new ProgressRecord(1, progress.Activity, progress.Total > 0 ? $"{progress.Done:N0} of {progress.Total:N0}" : $"{progress.Done:N0}")
        {
            PercentComplete = percent > 100 ? 100 : percent,
        });
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PSCertAuthority.Server.Index;

/// <summary>Keeps the index fresh: looks at the store a few times a second.</summary>
internal sealed partial class IndexKeeper(StatusIndex index, ILogger<IndexKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private bool _failing;

    /// <summary>How often the store could not be read.</summary>
    public long Failures { get; private set; }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () =>
        {
            do
            {
                Refresh(stoppingToken);
            }
            while (!stoppingToken.WaitHandle.WaitOne(Interval));
        },
        stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Refresh(CancellationToken stoppingToken)
    {
        try
        {
            index.Refresh(stoppingToken);
            if (_failing)
                LogBack(logger);
            _failing = false;
        }
        catch (CaException e)
        {
            // What is known goes on to be answered, with the moment at which it was known; it is tried again.
            Failures++;
            if (!_failing)
                LogFailure(logger, e.ErrorId, e.Message);
            _failing = true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be read ({ErrorId}): {Why}")]
    private static partial void LogFailure(ILogger logger, string errorId, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store can be read again.")]
    private static partial void LogBack(ILogger logger);
}

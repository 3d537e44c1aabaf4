using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PSCertAuthority.Server.Index;

/// <summary>Keeps the index fresh: looks at the store a few times a second. Whatever goes wrong with it, what is known goes on to be answered.</summary>
internal sealed partial class IndexKeeper(StatusIndex index, TimeProvider clock, ILogger<IndexKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private StoreFailure? _failure;

    /// <summary>How often the store could not be read.</summary>
    public long Failures { get; private set; }

    /// <summary>Why the store cannot be followed now; null where it can.</summary>
    public StoreFailure? Failure => Volatile.Read(ref _failure);

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
            if (Failure is not null)
                LogBack(logger);
            Volatile.Write(ref _failure, null);
        }
        catch (CaException e)
        {
            if (Fail(e.ErrorId, e))
                LogFailure(logger, e.ErrorId, e.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
#pragma warning disable CA1031 // A record that nobody foresaw must not end a responder that has answers for all others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (Fail(e.GetType().Name, null))
                LogFault(logger, e);
        }
    }

    /// <summary>Whether it is another failure than before: the same over and over would only hide what is new.</summary>
    private bool Fail(string errorId, CaException? error)
    {
        Failures++;
        StoreFailure? before = Failure;
        Volatile.Write(ref _failure, new StoreFailure(errorId, before?.Since ?? clock.GetUtcNow().UtcDateTime, error));
        return before?.ErrorId != errorId;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be followed ({ErrorId}): {Why} What was known until now goes on to be answered, as long as it is valid.")]
    private static partial void LogFailure(ILogger logger, string errorId, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be followed. What was known until now goes on to be answered, as long as it is valid.")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store is followed again.")]
    private static partial void LogBack(ILogger logger);
}

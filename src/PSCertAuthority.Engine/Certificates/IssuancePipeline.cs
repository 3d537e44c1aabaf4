using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>
/// Issues a stream of certificates: signs on all cores, stores in the order of the requests, and hands out only what is on disk.
/// </summary>
/// <remarks>
/// A single request is stored at once, a flood of them in few transactions: while one batch is being written the next one gathers. Each request has an
/// outcome, whatever is thrown: one that cannot be stored fails alone. One thread submits and takes; it may be interrupted at any time by disposing, which drops what is not stored yet.
/// </remarks>
public sealed class IssuancePipeline : IDisposable
{
    private const int LargestBatch = 1024;

    // While requests keep coming, a batch waits this long for more of them: a transaction costs as much as some ten signatures.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private readonly CaStore _store;
    private readonly TimeProvider _clock;
    private readonly IssuanceWorker _worker;
    private readonly bool _stopAtFirstFailure;
    private readonly CancellationTokenSource _cancellation;
    private readonly BlockingCollection<IssuanceEntry> _submitted = [];
    private readonly BlockingCollection<IssueOutcome> _completed = [];
    private readonly Task _committer;
    private int _lastBatch;
    private int _inFlight;

    internal IssuancePipeline(CaStore store, TimeProvider clock, FailurePolicy policy, CancellationToken cancellation)
    {
        _store = store;
        _clock = clock;
        _worker = new IssuanceWorker(store, clock);
        _stopAtFirstFailure = policy == FailurePolicy.Stop;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _committer = Task.Factory.StartNew(CommitAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many requests were submitted and not taken yet.</summary>
    public int InFlight => _inFlight;

    /// <summary>Takes a request; it is worked on at once.</summary>
    public void Submit(CertificateIssueRequest request)
    {
        _inFlight++;
        _submitted.Add(new IssuanceEntry(request, Task.Run(() => _worker.Sign(request), _cancellation.Token)));
    }

    /// <summary>The next outcome in the order of the requests, if it is there.</summary>
    public bool TryTake(out IssueOutcome? outcome)
    {
        bool taken = _completed.TryTake(out outcome);
        _inFlight -= taken ? 1 : 0;
        return taken;
    }

    /// <summary>The next outcome in the order of the requests; waits for it.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was cancelled.</exception>
    /// <exception cref="InvalidOperationException">A request failed before, and the pipeline stops at the first failure.</exception>
    public IssueOutcome Take() => TryTakeNext() ?? throw new InvalidOperationException("The pipeline stopped at the first failure.");

    /// <summary>Says that no more requests come, and waits for the outcomes that remain; those behind the first failure are missing where the pipeline stops at it.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was cancelled.</exception>
    public IEnumerable<IssueOutcome> Complete()
    {
        _submitted.CompleteAdding();
        while (_inFlight > 0 && TryTakeNext() is { } outcome)
            yield return outcome;
    }

    /// <summary>Drops what is not stored yet, and lets go of the keys.</summary>
    public void Dispose()
    {
        _cancellation.Cancel();
        _submitted.CompleteAdding();
        _committer.Wait();
        _worker.Dispose();
        _submitted.Dispose();
        _completed.Dispose();
        _cancellation.Dispose();
    }

    private IssueOutcome? TryTakeNext()
    {
        if (!_completed.TryTake(out IssueOutcome? outcome, Timeout.Infinite, _cancellation.Token))
            return null;
        _inFlight--;
        return outcome;
    }

    private void CommitAll()
    {
        try
        {
            foreach (IssuanceEntry first in _submitted.GetConsumingEnumerable(_cancellation.Token))
            {
                if (!Commit(GatherBatch(first)))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed or interrupted: what is not stored is dropped, and nobody waits for it.
        }
        finally
        {
            _completed.CompleteAdding();
        }
    }

    /// <summary>The first request and those that follow it closely; a lone one does not wait for company.</summary>
    private List<IssuanceEntry> GatherBatch(IssuanceEntry first)
    {
        var batch = new List<IssuanceEntry> { first };
        first.WaitUntilSigned(_cancellation.Token);
        var gathering = Stopwatch.StartNew();
        while (batch.Count < LargestBatch && TryTakeNext(gathering.Elapsed, out IssuanceEntry? next))
        {
            next!.WaitUntilSigned(_cancellation.Token);
            batch.Add(next);
        }

        _lastBatch = batch.Count;
        return batch;
    }

    private bool TryTakeNext(TimeSpan gathered, out IssuanceEntry? next)
    {
        next = null;
        if (gathered >= Gathering)
            return false;
        bool flood = _lastBatch > 1;
        return _submitted.TryTake(out next, flood ? (int)(Gathering - gathered).TotalMilliseconds : 0, _cancellation.Token);
    }

    /// <summary>Whether to go on.</summary>
    private bool Commit(List<IssuanceEntry> batch)
    {
        int failure = batch.FindIndex(entry => entry.Error is not null);
        if (_stopAtFirstFailure && failure >= 0)
            batch.RemoveRange(failure + 1, batch.Count - failure - 1);
        return BatchCommit.Run(batch, Store, Deliver, _cancellation.Token);
    }

    private void Store(IReadOnlyList<IssuanceEntry> batch)
    {
        foreach (IssuanceEntry entry in batch)
            entry.TryAgain();
        if (batch.Any(entry => entry.Error is null))
            _store.Write(unit => new IssuanceCommit(unit, _clock.GetUtcSecond(), _stopAtFirstFailure).Store(batch), _cancellation.Token);
    }

    private bool Deliver(IReadOnlyList<IssuanceEntry> batch, CaException? failure)
    {
        foreach (IssuanceEntry entry in batch)
        {
            entry.Error ??= failure;
            _completed.Add(entry.ToOutcome(_store.DatabasePath, _clock));
            if (_stopAtFirstFailure && entry.Error is not null)
                return false;
        }

        return true;
    }
}

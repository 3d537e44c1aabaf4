using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>
/// Issues a stream of certificates: signs on all cores, stores in the order of the requests, and hands out only what is on disk.
/// </summary>
/// <remarks>
/// A single request is stored at once, a flood of them in few transactions: while one batch is being written the next one gathers. One thread submits and takes; it may be interrupted at any time by disposing, which drops what is not stored yet.
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
    private readonly BlockingCollection<Entry> _submitted = [];
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
        _submitted.Add(new Entry(request, Task.Run(() => _worker.Sign(request), _cancellation.Token)));
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
    public IssueOutcome Take()
    {
        IssueOutcome outcome = _completed.Take(_cancellation.Token);
        _inFlight--;
        return outcome;
    }

    /// <summary>Says that no more requests come, and waits for the outcomes that remain.</summary>
    /// <inheritdoc cref="Take" path="/exception"/>
    public IEnumerable<IssueOutcome> Complete()
    {
        _submitted.CompleteAdding();
        while (_inFlight > 0)
            yield return Take();
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

    private void CommitAll()
    {
        try
        {
            foreach (Entry first in _submitted.GetConsumingEnumerable(_cancellation.Token))
            {
                if (!Commit(GatherBatch(first)))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed or interrupted: what is not stored is dropped, and nobody waits for it.
        }
    }

    /// <summary>The first request and those that follow it closely; a lone one does not wait for company.</summary>
    private List<Entry> GatherBatch(Entry first)
    {
        var batch = new List<Entry> { first };
        first.WaitUntilSigned(_cancellation.Token);
        var gathering = Stopwatch.StartNew();
        while (batch.Count < LargestBatch && TryTakeNext(gathering.Elapsed, out Entry? next))
        {
            next!.WaitUntilSigned(_cancellation.Token);
            batch.Add(next);
        }

        _lastBatch = batch.Count;
        return batch;
    }

    private bool TryTakeNext(TimeSpan gathered, out Entry? next)
    {
        next = null;
        if (gathered >= Gathering)
            return false;
        bool flood = _lastBatch > 1;
        return _submitted.TryTake(out next, flood ? (int)(Gathering - gathered).TotalMilliseconds : 0, _cancellation.Token);
    }

    /// <summary>Whether to go on.</summary>
    private bool Commit(List<Entry> batch)
    {
        int failure = batch.FindIndex(entry => entry.Error is not null);
        if (_stopAtFirstFailure && failure >= 0)
            batch.RemoveRange(failure + 1, batch.Count - failure - 1);
        try
        {
            if (batch.Exists(entry => entry.Error is null))
                _store.Write(unit => Store(unit, batch), _cancellation.Token);
        }
        catch (CaException e)
        {
            batch.ForEach(entry => entry.Error ??= e);
        }

        DateTime now = _clock.GetUtcSecond();
        bool failed = false;
        foreach (Entry entry in batch)
        {
            _completed.Add(entry.ToOutcome(_store.DatabasePath, now));
            failed |= entry.Error is not null;
            if (failed && _stopAtFirstFailure)
                return false;
        }

        return true;
    }

    private bool Store(StoreUnit unit, List<Entry> batch)
    {
        DateTime now = _clock.GetUtcSecond();
        var checkedAuthorities = new Dictionary<(int Authority, SigningPurpose Purpose), CaException?>();
        var records = new List<CertificateRecord>(batch.Count);
        foreach (Entry entry in batch.Where(entry => entry.Error is null))
        {
            PendingCertificate pending = entry.Pending;
            try
            {
                if (!checkedAuthorities.TryGetValue((pending.Record.AuthorityId, entry.Request.Purpose), out CaException? refusal))
                    checkedAuthorities[(pending.Record.AuthorityId, entry.Request.Purpose)] = refusal = FindRefusal(unit, pending, entry.Request.Purpose, now);
                if (refusal is not null)
                    throw refusal;
                CertificateRecord? renewed = pending.Renewal?.Check(unit, entry.Request);
                if (pending.Key is { } key)
                    unit.StageFile(key.Path, key.Content, entry.Request.OverwriteKey);
                if (renewed is not null)
                    Renewal.Replace(unit, renewed, pending.Record, entry.Request.Renewed, now);
                records.Add(pending.Record);
                unit.Record(AuditAct.CertificateIssued, pending.Record.AuditName, $"by '{pending.AuthorityName}', profile {pending.Record.Profile}");
                foreach (string watcher in pending.Record.Watchers)
                    unit.Record(AuditAct.WatcherAdded, pending.Record.AuditName, watcher);
            }
            catch (CaException e)
            {
                entry.Error = e;
            }

            if (_stopAtFirstFailure && entry.Error is not null)
                break;
        }

        unit.Certificates.InsertMany(records);
        return true;
    }

    private static CaException? FindRefusal(StoreUnit unit, PendingCertificate pending, SigningPurpose purpose, DateTime now)
    {
        try
        {
            AuthorityRecord authority = unit.Authorities.FindById(pending.Record.AuthorityId) is { } record && unit.StoreId == pending.StoreId
                ? record : throw AuthorityErrors.NotFound(pending.AuthorityName);
            IssuingAuthorityReader.RequireActive(AuthorityFinder.Chain(unit, authority), now, purpose);
            return null;
        }
        catch (CaAuthorityException e)
        {
            return e;
        }
    }

    private sealed class Entry(CertificateIssueRequest request, Task<PendingCertificate> signing)
    {
        public CertificateIssueRequest Request => request;

        public Exception? Error { get; set; }

        public PendingCertificate Pending => signing.Result;

        public void WaitUntilSigned(CancellationToken cancellation)
        {
            try
            {
                signing.Wait(cancellation);
            }
            catch (AggregateException e)
            {
                Error = e.InnerException;
            }
        }

        public IssueOutcome ToOutcome(string storePath, DateTime now) => Error is not null
            ? new IssueOutcome(request, null, Error)
            : new IssueOutcome(request, new CaCertificate(
                Pending.Record, Pending.AuthorityName, storePath, Pending.StoreId, now,
                Pending.Key is null ? request.Request?.KeyPath : request.PfxPath is null ? request.KeyPath : null), null);
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>Revokes, suspends and resumes a stream of certificates, in order, and hands out only what is on disk.</summary>
/// <remarks>
/// A single act is stored at once, a flood of them in few transactions: while one is being written the next gathers. Each has an outcome, whatever is
/// thrown: one that cannot be stored fails alone. One thread submits and takes;
/// it may be interrupted at any time by disposing, which drops what is not stored yet.
/// </remarks>
public sealed class RevocationPipeline : IDisposable
{
    private const int LargestBatch = 2048;

    private readonly RevocationService _service;
    private readonly CaStore _store;
    private readonly CancellationTokenSource _cancellation;
    private readonly BlockingCollection<Entry> _submitted = [];
    private readonly BlockingCollection<RevocationOutcome> _completed = [];
    private readonly Task _committer;

    internal RevocationPipeline(RevocationService service, CaStore store, CancellationToken cancellation)
    {
        _service = service;
        _store = store;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _committer = Task.Factory.StartNew(CommitAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many acts were submitted and not taken yet.</summary>
    public int InFlight { get; private set; }

    /// <summary>Revokes or suspends a certificate.</summary>
    /// <inheritdoc cref="RevocationService.Revoke(CertificateIdentity, RevocationReason, DateTime?)" path="/param"/>
    public void Revoke(CertificateIdentity identity, RevocationReason reason, DateTime? invalidityDate) =>
        Submit(new Entry(identity, unit => _service.Revoke(unit, identity, reason, invalidityDate)));

    /// <summary>Makes a suspended certificate valid again.</summary>
    public void Resume(CertificateIdentity identity) => Submit(new Entry(identity, unit => _service.Resume(unit, identity)));

    /// <summary>The next outcome in the order of submission, if it is there.</summary>
    public bool TryTake(out RevocationOutcome? outcome)
    {
        bool taken = _completed.TryTake(out outcome);
        InFlight -= taken ? 1 : 0;
        return taken;
    }

    /// <summary>The next outcome in the order of submission; waits for it.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was cancelled.</exception>
    public RevocationOutcome Take()
    {
        RevocationOutcome outcome = _completed.Take(_cancellation.Token);
        InFlight--;
        return outcome;
    }

    /// <summary>Says that no more come, and waits for the outcomes that remain.</summary>
    /// <inheritdoc cref="Take" path="/exception"/>
    public IEnumerable<RevocationOutcome> Complete()
    {
        _submitted.CompleteAdding();
        while (InFlight > 0)
            yield return Take();
    }

    /// <summary>Drops what is not stored yet.</summary>
    public void Dispose()
    {
        _cancellation.Cancel();
        _submitted.CompleteAdding();
        _committer.Wait();
        _submitted.Dispose();
        _completed.Dispose();
        _cancellation.Dispose();
    }

    private void Submit(Entry entry)
    {
        InFlight++;
        _submitted.Add(entry);
    }

    private void CommitAll()
    {
        try
        {
            foreach (Entry first in _submitted.GetConsumingEnumerable(_cancellation.Token))
            {
                var batch = new List<Entry> { first };
                while (batch.Count < LargestBatch && _submitted.TryTake(out Entry? next))
                    batch.Add(next);
                Commit(batch);
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

    private void Commit(List<Entry> batch)
    {
        IReadOnlyList<RevocationOutcome> outcomes = [];
        BatchCommit.Run(
            batch,
            part => outcomes = _store.Write(
                unit =>
                {
                    ReadAhead(unit, [.. part.Select(entry => entry.Identity.Certificate).OfType<CaCertificate>()]);
                    return part.Select(entry => entry.Run(unit)).ToList();
                },
                _cancellation.Token),
            (part, failure) =>
            {
                foreach (RevocationOutcome outcome in failure is null ? outcomes : part.Select(entry => new RevocationOutcome(entry.Identity, null, failure)))
                    _completed.Add(outcome);
                return true;
            },
            _cancellation.Token);
    }

    /// <summary>Reads together what is about to be changed, going by how whoever piped the certificates here knew them. What is otherwise now is looked for again.</summary>
    private static void ReadAhead(StoreUnit unit, IReadOnlyList<CaCertificate> certificates)
    {
        byte revoked = StatusKey.StateOf(RevocationReason.Unspecified);
        byte[] KeyOf(CaCertificate certificate, byte state) => StatusKey.Of(certificate.AuthorityId, state, certificate.NotAfter.ToStored(), certificate.StoredSerialNumber);
        unit.Certificates.ReadAhead(certificates.Select(certificate => certificate.StoredNumber).OfType<long>());
        unit.Certificates.ReadAhead(certificates.Select(certificate => KeyOf(certificate, StatusKey.StateOf(certificate.RevocationReason))));
        unit.Certificates.ReadAhead(certificates.Select(certificate => KeyOf(certificate, revoked)));
        unit.CrlEntries.ReadAhead(certificates.Select(certificate => (certificate.AuthorityId, certificate.StoredSerialNumber)));
    }

    private sealed class Entry(CertificateIdentity identity, Func<StoreUnit, CaCertificate> act)
    {
        public CertificateIdentity Identity => identity;

        /// <summary>An act fails before it changes anything, so that the others of the unit stand.</summary>
        public RevocationOutcome Run(StoreUnit unit)
        {
            try
            {
                return new RevocationOutcome(identity, act(unit), null);
            }
            catch (CaException e) when (e is not CaStoreException)
            {
                return new RevocationOutcome(identity, null, e);
            }
        }
    }
}

using System;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Commands;

/// <summary>Feeds a pipeline of the engine from a command that revokes, suspends or resumes, and writes what comes out of it in order.</summary>
internal sealed class RevocationRun(Cmdlet command, Func<CaEngine, RevocationPipeline> begin, Action<CaCertificate> done) : IDisposable
{
    private const int MaximumInFlight = 4096;

    private RevocationPipeline? _pipeline;
    private CaEngine? _engine;

    /// <summary>Takes an act, and writes what is ready. What was begun in another store is completed before.</summary>
    public void Submit(CaEngine engine, Action<RevocationPipeline> act)
    {
        if (_engine is not null && _engine != engine)
            Complete();
        _engine = engine;
        act(_pipeline ??= begin(engine));
        while (_pipeline.TryTake(out RevocationOutcome? outcome))
            Write(outcome!);
        if (_pipeline.InFlight >= MaximumInFlight)
            Write(_pipeline.Take());
    }

    /// <summary>Writes what remains.</summary>
    public void Complete()
    {
        foreach (RevocationOutcome outcome in _pipeline?.Complete() ?? [])
            Write(outcome);
        Dispose();
    }

    public void Dispose()
    {
        _pipeline?.Dispose();
        _pipeline = null;
    }

    private void Write(RevocationOutcome outcome)
    {
        if (outcome.Error is { } error)
            command.WriteError(ErrorRecords.From(CaInternalException.From(error), outcome.Identity));
        else
            done(outcome.Certificate!);
    }
}

using System;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Commands;

/// <summary>Feeds a pipeline of the engine from a command that revokes, suspends or resumes, and writes what comes out of it in order.</summary>
internal sealed class RevocationRun(Cmdlet command, Func<RevocationPipeline> begin, Action<CaCertificate> done) : IDisposable
{
    private const int MaximumInFlight = 4096;

    private RevocationPipeline? _pipeline;

    /// <summary>Takes an act, and writes what is ready.</summary>
    public void Submit(Action<RevocationPipeline> act)
    {
        act(_pipeline ??= begin());
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
    }

    public void Dispose() => _pipeline?.Dispose();

    private void Write(RevocationOutcome outcome)
    {
        if (outcome.Error is CaException error)
            command.WriteError(ErrorRecords.From(error, outcome.Identity));
        else
            done(outcome.Certificate ?? throw outcome.Error!);
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Commands;

/// <summary>Feeds a pipeline of the engine from a command, and writes what comes out of it in order.</summary>
internal sealed class IssuanceRun(Cmdlet command, Func<CaEngine, IssuancePipeline> begin) : IDisposable
{
    // Two of the pipeline's largest batches: one is written while the next gathers.
    private const int MaximumInFlight = 2048;

    private readonly Stopwatch _running = Stopwatch.StartNew();
    private IssuancePipeline? _pipeline;
    private CaEngine? _engine;
    private int _issued;
    private long _lastProgress;

    /// <summary>Takes a request, and writes what is ready. What was begun in another store is completed before.</summary>
    public void Submit(CaEngine engine, CertificateIssueRequest request)
    {
        if (_engine is not null && _engine != engine)
            Complete();
        _engine = engine;
        _pipeline ??= begin(engine);
        _pipeline.Submit(request);
        while (_pipeline.TryTake(out IssueOutcome? outcome))
            Write(outcome!);
        if (_pipeline.InFlight >= MaximumInFlight)
            Write(_pipeline.Take());
    }

    /// <summary>Writes what remains.</summary>
    public void Complete()
    {
        foreach (IssueOutcome outcome in _pipeline?.Complete() ?? [])
            Write(outcome);
        Dispose();
    }

    public void Dispose()
    {
        _pipeline?.Dispose();
        _pipeline = null;
    }

    private void Write(IssueOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            CertificateIssueRequest request = outcome.Request;
            command.WriteError(ErrorRecords.From(CaInternalException.From(error), (object?)request.RequestPath ?? request.Request ?? request.Renews ?? (object)request));
            return;
        }

        CaCertificate certificate = outcome.Certificate!;
        foreach (string warning in outcome.Warnings)
            command.WriteWarning($"{certificate.Subject}: {warning}");
        _issued++;
        command.WriteVerbose($"Issued {certificate.SerialNumber} ({certificate.Subject}) by '{certificate.Authority}', until {certificate.NotAfter:yyyy-MM-dd}.");
        if (_running.ElapsedMilliseconds - _lastProgress > 1000)
        {
            _lastProgress = _running.ElapsedMilliseconds;
            command.WriteProgress(new ProgressRecord(
                1, "Issuing certificates", $"{_issued.ToString(CultureInfo.CurrentCulture)} issued, {_pipeline!.InFlight} under way"));
        }

        command.WriteObject(certificate);
    }
}

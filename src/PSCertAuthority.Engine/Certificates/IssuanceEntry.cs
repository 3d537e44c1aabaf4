using System;
using System.Threading;
using System.Threading.Tasks;

namespace PSCertAuthority.Certificates;

/// <summary>A request on its way through the <see cref="IssuancePipeline"/>.</summary>
internal sealed class IssuanceEntry(CertificateIssueRequest request, Task<PendingCertificate> signing)
{
    private CaException? _notSigned;

    public CertificateIssueRequest Request => request;

    /// <summary>Why it failed; null while it has not.</summary>
    public CaException? Error { get; set; }

    public PendingCertificate Pending => signing.Result;

    public void WaitUntilSigned(CancellationToken cancellation)
    {
        try
        {
            signing.Wait(cancellation);
        }
        catch (AggregateException e)
        {
            Error = _notSigned = CaInternalException.From(e.InnerException!);
        }
    }

    /// <summary>Forgets a failure in a transaction that was rolled back.</summary>
    public void TryAgain() => Error = _notSigned;

    public IssueOutcome ToOutcome(string storePath, TimeProvider clock)
    {
        try
        {
            if (Error is null)
                return new IssueOutcome(request, new CaCertificate(Pending.Record, Pending.AuthorityName, storePath, Pending.StoreId, clock.GetUtcSecond(), KeyPath), null) { Warnings = Pending.Warnings };
        }
        catch (Exception e)
        {
            Error = CaInternalException.From(e);
        }

        return new IssueOutcome(request, null, Error);
    }

    private string? KeyPath => Pending.Key is null ? request.Request?.KeyPath : request.PfxPath is null ? request.KeyPath : null;
}

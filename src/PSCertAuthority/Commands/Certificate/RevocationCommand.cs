using System;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Commands;

/// <summary>What the commands that revoke, suspend and resume certificates have in common.</summary>
public abstract class RevocationCommand : CaCommand
{
    private readonly RevocationRun _run;

    private protected RevocationCommand() => _run = new RevocationRun(this, engine => engine.Revocations.Begin(Cancellation), Done);

    /// <inheritdoc/>
    protected override void EndProcessing() => ForItem(null, _run.Complete);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _run.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Asks, and has the act done on one certificate. It is done when its object comes out, at the end of the command at the latest.</summary>
    private protected void Submit(CertificateIdentity identity, string action, Action<RevocationPipeline, CertificateIdentity> act) => ForItem(identity, () =>
    {
        // What happens to an object is found out when it is stored; what would happen to it, now.
        CaCertificate certificate = IsAsked ? Engine.Certificates.Get(identity) : identity.Certificate ?? Engine.Certificates.Get(identity);
        if (ShouldProcess($"{certificate.SerialNumber} ({certificate.Subject}) of '{certificate.Authority}'", action))
            _run.Submit(Engine, pipeline => act(pipeline, certificate));
    });

    /// <summary>Tells of a certificate with which it was done.</summary>
    private protected abstract void Done(CaCertificate certificate);
}

using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Commands;

/// <summary>Suspends certificates (certificateHold): CRLs name them until Resume-CaCertificate makes them valid again.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "CaCertificate", SupportsShouldProcess = true)]
[OutputType(typeof(CaCertificate))]
public sealed class SuspendCaCertificateCommand : RevocationCommand
{
    /// <summary>Exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Writes what was suspended to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            Submit(identity, "Suspend", (pipeline, certificate) => pipeline.Revoke(certificate, RevocationReason.CertificateHold, null));
    }

    /// <inheritdoc/>
    private protected override void Done(CaCertificate certificate)
    {
        WriteVerbose($"Suspended {certificate.SerialNumber}. The next CRL of '{certificate.Authority}' names it.");
        if (PassThru)
            WriteObject(certificate);
    }
}

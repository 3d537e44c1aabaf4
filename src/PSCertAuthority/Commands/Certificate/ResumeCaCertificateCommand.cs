using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Commands;

/// <summary>Makes suspended certificates valid again: the CRLs that follow no longer name them.</summary>
[Cmdlet(VerbsLifecycle.Resume, "CaCertificate", SupportsShouldProcess = true)]
[OutputType(typeof(CaCertificate))]
public sealed class ResumeCaCertificateCommand : CaCommand
{
    /// <summary>Exact common name, start of the serial number, or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Writes what was resumed to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                CaCertificate certificate = Engine.Certificates.Get(identity);
                if (!ShouldProcess($"{certificate.SerialNumber} ({certificate.Subject}) of '{certificate.Authority}'", "Resume"))
                    return;
                CaCertificate resumed = Engine.Revocations.Resume(certificate);
                WriteVerbose($"Resumed {resumed.SerialNumber}. The next CRL of '{resumed.Authority}' no longer names it.");
                if (PassThru)
                    WriteObject(resumed);
            });
        }
    }
}

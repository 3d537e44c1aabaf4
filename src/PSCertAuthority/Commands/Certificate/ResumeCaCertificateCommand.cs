using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Commands;

/// <summary>Makes suspended certificates valid again: the CRLs that follow no longer name them.</summary>
[Cmdlet(VerbsLifecycle.Resume, "CaCertificate", SupportsShouldProcess = true)]
[OutputType(typeof(CaCertificate))]
public sealed class ResumeCaCertificateCommand : RevocationCommand
{
    /// <summary>Exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Writes what was resumed to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            Submit(identity, "Resume", (pipeline, certificate) => pipeline.Resume(certificate));
    }

    /// <inheritdoc/>
    private protected override void Done(CaCertificate certificate)
    {
        WriteVerbose($"Resumed {certificate.SerialNumber}. The next CRL of '{certificate.Authority}' no longer names it.");
        if (PassThru)
            WriteObject(certificate);
    }
}

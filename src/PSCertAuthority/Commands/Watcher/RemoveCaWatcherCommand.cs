using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Commands;

/// <summary>Removes watchers from certificates. What was sent to them stays on record.</summary>
[Cmdlet(VerbsCommon.Remove, "CaWatcher", SupportsShouldProcess = true)]
[OutputType(typeof(CaWatcher))]
public sealed class RemoveCaWatcherCommand : CaCommand
{
    /// <summary>The certificate: exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file; also what Get-CaWatcher gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>The watchers; the address alone counts, in any case.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WatcherCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Watcher { get; set; } = [];

    /// <summary>Writes the watchers that are no longer ones to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
        {
            foreach (string watcher in Watcher)
                ForItem(identity, () => Remove(identity, MailAddress.Parse(watcher)));
        }
    }

    private void Remove(CertificateIdentity identity, MailAddress watcher)
    {
        CaCertificate certificate = Engine.Certificates.Get(identity);
        if (!ShouldProcess($"{certificate.SerialNumber} ({certificate.Subject})", $"Remove the watcher {watcher}"))
            return;
        CaWatcher removed = Engine.Watchers.Remove(certificate, watcher);
        WriteVerbose($"{removed.Watcher} is no longer told before {removed.SerialNumber} ({removed.Subject}) ends.");
        if (PassThru)
            WriteObject(removed);
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Commands;

/// <summary>Adds watchers to certificates: people who are told before they end. Adding one again is no second one.</summary>
[Cmdlet(VerbsCommon.Add, "CaWatcher", SupportsShouldProcess = true)]
[OutputType(typeof(CaWatcher))]
public sealed class AddCaWatcherCommand : CaCommand
{
    /// <summary>The certificate: exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>The watchers, as 'Ann Example &lt;ann@example.com&gt;' or ann@example.com.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WatcherCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Watcher { get; set; } = [];

    /// <summary>Writes the watchers to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            ForItem(identity, () => Add(identity));
    }

    private void Add(CertificateIdentity identity)
    {
        MailAddress[] watchers = [.. Watcher.Select(MailAddress.Parse)];
        CaCertificate certificate = Engine.Certificates.Get(identity);
        string names = string.Join(", ", watchers.Select(watcher => watcher.ToString()));
        if (!ShouldProcess($"{certificate.SerialNumber} ({certificate.Subject})", $"Add the watcher {names}"))
            return;
        IReadOnlyList<CaWatcher> added = Engine.Watchers.Add(certificate, watchers);
        WriteVerbose($"{names}: told before {certificate.SerialNumber} ({certificate.Subject}) ends.");
        if (PassThru)
            WriteObject(added, enumerateCollection: true);
    }
}

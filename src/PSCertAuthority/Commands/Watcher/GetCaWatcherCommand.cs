using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Commands;

/// <summary>Lists who is told before certificates end, one object for a person and a certificate: of those that are named, or of all that are valid or suspended.</summary>
[Cmdlet(VerbsCommon.Get, "CaWatcher", DefaultParameterSetName = "List")]
[OutputType(typeof(CaWatcher))]
public sealed class GetCaWatcherCommand : CaCommand
{
    /// <summary>The certificate: exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(ParameterSetName = "Identity", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Only those of certificates of this authority.</summary>
    [Parameter(ParameterSetName = "List")]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>Only those whose address, or name and address, fit; with the wildcards * and ?.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WatcherCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Watcher { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var filter = new WatcherFilter { Authority = Authority, Watcher = Watcher };
        foreach (CertificateIdentity identity in Identity)
            ForItem(identity, () => WriteObject(Engine.Watchers.GetAll(identity, filter, Cancellation), enumerateCollection: true));
        if (ParameterSetName != "List")
            return;
        ForItem(Authority, () =>
        {
            foreach (CaWatcher watcher in Engine.Watchers.List(filter, Cancellation))
                WriteObject(watcher);
        });
    }
}

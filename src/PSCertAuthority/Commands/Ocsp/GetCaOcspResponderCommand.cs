using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Commands;

/// <summary>Shows the responders that run on the store, whoever started them, with what they count.</summary>
[Cmdlet(VerbsCommon.Get, "CaOcspResponder")]
[OutputType(typeof(OcspResponder))]
public sealed class GetCaOcspResponderCommand : CaCommand
{
    /// <summary>Only the responder at that port.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ResponderPortCompleter))]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(null, () =>
    {
        IReadOnlyList<OcspResponder> running = Engine.Responders.List();
        // What runs on a store that has vanished is shown; nothing on a store that is not there is a mistyped path.
        if (running.Count == 0)
            Engine.RequireStore();
        WriteObject(running.Where(responder => Port is null || responder.Url.Port == Port), enumerateCollection: true);
    });
}

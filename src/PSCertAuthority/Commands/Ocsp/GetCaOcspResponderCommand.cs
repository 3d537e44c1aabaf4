using System.Collections.Generic;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Hosting;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Commands;

/// <summary>Shows the responders that run on the store, whoever started them, with what they count.</summary>
[Cmdlet(VerbsCommon.Get, "CaOcspResponder")]
[OutputType(typeof(OcspResponder))]
public sealed class GetCaOcspResponderCommand : CaCommand
{
    /// <summary>Only these: a responder that was got before, for how it is now, or a port or an address.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ServerArgument]
    [Alias("Identity", "Port")]
    [ArgumentCompleter(typeof(ResponderPortCompleter))]
    [ValidateNotNull]
    public ServerIdentity[]? Responder { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Responder is null)
            ForItem(null, WriteAll);
        foreach (ServerIdentity identity in Responder ?? [])
            ForItem(identity, () => WriteObject(Engine.Responders.Get(identity)));
    }

    private void WriteAll()
    {
        IReadOnlyList<OcspResponder> running = Engine.Responders.List();
        // What runs on a store that has vanished is shown; nothing on a store that is not there is a mistyped path.
        if (running.Count == 0)
            Engine.RequireStore();
        WriteObject(running, enumerateCollection: true);
    }
}

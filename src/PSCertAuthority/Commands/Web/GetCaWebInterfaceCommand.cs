using System.Collections.Generic;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Hosting;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>Shows the web interfaces that run on the store, whoever started them.</summary>
[Cmdlet(VerbsCommon.Get, "CaWebInterface")]
[OutputType(typeof(WebInterface))]
public sealed class GetCaWebInterfaceCommand : CaCommand
{
    /// <summary>Only these: a web interface that was got before, for how it is now, or a port or an address.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ServerArgument]
    [Alias("Identity", "Port")]
    [ArgumentCompleter(typeof(WebInterfacePortCompleter))]
    [ValidateNotNull]
    public ServerIdentity[]? WebInterface { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (WebInterface is null)
            ForItem(null, WriteAll);
        foreach (ServerIdentity identity in WebInterface ?? [])
            ForItem(identity, () => WriteObject(Engine.WebInterfaces.Get(identity)));
    }

    private void WriteAll()
    {
        IReadOnlyList<WebInterface> running = Engine.WebInterfaces.List();
        // What runs on a store that has vanished is shown; nothing on a store that is not there is a mistyped path.
        if (running.Count == 0)
            Engine.RequireStore();
        WriteObject(running, enumerateCollection: true);
    }
}

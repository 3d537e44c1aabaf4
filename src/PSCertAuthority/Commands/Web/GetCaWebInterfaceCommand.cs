using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>Shows the web interfaces that run on the store, whoever started them.</summary>
[Cmdlet(VerbsCommon.Get, "CaWebInterface")]
[OutputType(typeof(WebInterface))]
public sealed class GetCaWebInterfaceCommand : CaCommand
{
    /// <summary>Only the web interface at that port.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(WebInterfacePortCompleter))]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(null, () =>
    {
        IReadOnlyList<WebInterface> running = Engine.WebInterfaces.List();
        // What runs on a store that has vanished is shown; nothing on a store that is not there is a mistyped path.
        if (running.Count == 0)
            Engine.RequireStore();
        WriteObject(running.Where(web => Port is null || web.Url.Port == Port), enumerateCollection: true);
    });
}

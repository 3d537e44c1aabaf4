using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Hosting;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>Stops web interfaces, also those that other sessions started. Whoever is signed in there is signed out.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CaWebInterface", SupportsShouldProcess = true, DefaultParameterSetName = "WebInterface")]
[OutputType(typeof(void))]
public sealed class StopCaWebInterfaceCommand : CaCommand
{
    /// <summary>A web interface, as Get-CaWebInterface shows it, or its port or address.</summary>
    [Parameter(ParameterSetName = "WebInterface", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ServerArgument]
    [Alias("Identity")]
    public ServerIdentity[] WebInterface { get; set; } = [];

    /// <summary>The web interface at that port.</summary>
    [Parameter(ParameterSetName = "Port", Mandatory = true)]
    [ArgumentCompleter(typeof(WebInterfacePortCompleter))]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Port")
            ForItem(Port, () => Stop(Engine.WebInterfaces.Get(Port)));
        foreach (ServerIdentity web in WebInterface)
            ForItem(web, () => Stop(Engine.WebInterfaces.Get(web)));
    }

    private void Stop(WebInterface web)
    {
        if (!ShouldProcess($"{web.Url} (process {web.ProcessId})", "Stop the web interface"))
            return;
        WebInterfaceService.Stop(web);
        WriteVerbose($"Stopped the web interface at {web.Url}.");
    }
}

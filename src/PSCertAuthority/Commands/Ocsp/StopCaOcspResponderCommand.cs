using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Hosting;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Commands;

/// <summary>Stops responders, also those that other sessions started.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CaOcspResponder", SupportsShouldProcess = true, DefaultParameterSetName = "Responder")]
[OutputType(typeof(void))]
public sealed class StopCaOcspResponderCommand : CaCommand
{
    /// <summary>A responder, as Get-CaOcspResponder shows it, or its port or address.</summary>
    [Parameter(ParameterSetName = "Responder", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ServerArgument]
    [Alias("Identity")]
    public ServerIdentity[] Responder { get; set; } = [];

    /// <summary>The responder at that port.</summary>
    [Parameter(ParameterSetName = "Port", Mandatory = true)]
    [ArgumentCompleter(typeof(ResponderPortCompleter))]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Port")
            ForItem(Port, () => Stop(Engine.Responders.Get(Port)));
        foreach (ServerIdentity responder in Responder)
            ForItem(responder, () => Stop(Engine.Responders.Get(responder)));
    }

    private void Stop(OcspResponder responder)
    {
        if (!ShouldProcess($"{responder.Url} (process {responder.ProcessId})", "Stop the responder"))
            return;
        ResponderService.Stop(responder);
        WriteVerbose($"Stopped the responder at {responder.Url}.");
    }
}

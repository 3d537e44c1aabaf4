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
    protected override void ProcessRecord() =>
        ForItem(null, () => WriteObject(Engine.WebInterfaces.List().Where(web => Port is null || web.Url.Port == Port), enumerateCollection: true));
}

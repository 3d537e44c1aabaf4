using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Commands;

/// <summary>Lists the settings of a store, or gets those that are named.</summary>
[Cmdlet(VerbsCommon.Get, "CaSetting")]
[OutputType(typeof(CaSetting))]
public sealed class GetCaSettingCommand : CaCommand
{
    /// <summary>The names of the settings; without them, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SettingCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name is null)
            ForItem(StorePath, () => WriteObject(Engine.Settings.List(), enumerateCollection: true));
        foreach (string name in Name ?? [])
            ForItem(name, () => WriteObject(Engine.Settings.Get(name)));
    }
}

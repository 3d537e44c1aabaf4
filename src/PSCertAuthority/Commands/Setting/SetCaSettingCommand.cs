using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Net;
using PSCertAuthority.Binding;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Commands;

/// <summary>Changes a setting of a store, or restores its default.</summary>
[Cmdlet(VerbsCommon.Set, "CaSetting", SupportsShouldProcess = true, DefaultParameterSetName = "Value")]
[OutputType(typeof(CaSetting))]
public sealed class SetCaSettingCommand : CaCommand
{
    /// <summary>The name of the setting.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SettingCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its new value: a text, a number, a list, or for MailCredential a credential.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Value", ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SettingValueCompleter))]
    [ValidateNotNull]
    public object Value { get; set; } = string.Empty;

    /// <summary>Restores the default.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Reset")]
    [NotNullArgument]
    public SwitchParameter Reset { get; set; }

    /// <summary>Writes the changed setting to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.MayBeNew;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Name, () =>
    {
        _ = Engine.Settings.Get(Name);
        if (!ShouldProcess(Name, Reset ? "Restore the default" : "Change the setting"))
            return;
        CaSetting changed = Engine.Settings.Set(Name, Reset ? null : Unwrap(Value));
        WriteVerbose($"The setting is {changed}.");
        if (PassThru)
            WriteObject(changed);
    });

    private static object? Unwrap(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Unwrap(wrapped.BaseObject),
        PSCredential credential => new NetworkCredential(credential.UserName, credential.Password),
        string => value,
        IEnumerable list => list.Cast<object?>().Select(Unwrap).ToArray(),
        _ => value,
    };
}

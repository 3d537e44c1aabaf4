using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>Changes a profile, disables it, or gives a built-in one its original values back. Certificates that were issued stay as they are.</summary>
[Cmdlet(VerbsCommon.Set, "CaProfile", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Values)]
[OutputType(typeof(CertificateProfile))]
public sealed class SetCaProfileCommand : ProfileCommand
{
    /// <summary>The profiles, or their names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    public ProfileIdentity[] Name { get; set; } = [];

    /// <summary>Gives a built-in profile its original values back, also after it was removed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Restore)]
    [NotNullArgument]
    public SwitchParameter Restore { get; set; }

    /// <summary>Writes the changed profile to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.MayBeNew;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ProfileIdentity name in Name)
        {
            ForItem(name, () =>
            {
                if (Restore)
                    Engine.Profiles.RequireBuiltIn(name);
                else
                    _ = Engine.Profiles.Get(name);
                if (!ShouldProcess(name.Name, Restore ? "Restore the profile" : "Change the profile"))
                    return;
                CertificateProfile changed = Restore ? Engine.Profiles.Restore(name) : Engine.Profiles.Set(name, Apply);
                WriteVerbose($"Changed the profile '{changed.Name}'.");
                if (PassThru)
                    WriteObject(changed);
            });
        }
    }
}

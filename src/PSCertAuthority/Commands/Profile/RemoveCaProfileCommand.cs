using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>Removes profiles. Certificates that were issued under one stay as they are; a built-in one can be restored with Set-CaProfile.</summary>
[Cmdlet(VerbsCommon.Remove, "CaProfile", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveCaProfileCommand : CaCommand
{
    /// <summary>The profiles, or their names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    public ProfileIdentity[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ProfileIdentity name in Name)
        {
            ForItem(name, () =>
            {
                _ = Engine.Profiles.Get(name);
                if (!ShouldProcess(name.Name, "Remove the profile"))
                    return;
                Engine.Profiles.Remove(name);
                WriteVerbose($"Removed the profile '{name}'.");
            });
        }
    }
}

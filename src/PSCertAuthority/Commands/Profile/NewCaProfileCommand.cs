using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>Adds a profile of certificates.</summary>
[Cmdlet(VerbsCommon.New, "CaProfile", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSets.Values)]
[OutputType(typeof(CertificateProfile))]
public sealed class NewCaProfileCommand : ProfileCommand
{
    /// <summary>The name: letters, digits, and characters of - _ .</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = string.Empty;

    /// <summary>The profile that it begins as a copy of.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    [ValidateNotNull]
    public ProfileIdentity? CopyFrom { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.MayBeNew;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Name, () =>
    {
        CertificateProfile start = CopyFrom is null
            ? new CertificateProfile { Name = Name, Description = string.Empty }
            : Engine.Profiles.Get(CopyFrom) with { Name = Name, Enabled = true };
        CertificateProfile profile = Apply(start);
        RequireBeforeAsking(authority: null, CopyFrom);
        if (!ShouldProcess(Name, "Add the profile"))
            return;
        WriteObject(Engine.Profiles.Create(profile));
        WriteVerbose($"Added the profile '{Name}'.");
    });
}

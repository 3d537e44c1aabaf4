using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>Lists the profiles of certificates, or gets those that are named.</summary>
[Cmdlet(VerbsCommon.Get, "CaProfile")]
[OutputType(typeof(CertificateProfile))]
public sealed class GetCaProfileCommand : CaCommand
{
    /// <summary>The profiles, or their names, with the wildcards * and ?; without them, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    [Alias("Profile")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public ProfileIdentity[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ProfileIdentity name in Name ?? ["*"])
        {
            ForItem(name, () =>
            {
                if (!WildcardPattern.ContainsWildcardCharacters(name.Name))
                {
                    WriteObject(Engine.Profiles.Get(name));
                    return;
                }

                var pattern = WildcardPattern.Get(name.Name, WildcardOptions.IgnoreCase);
                IEnumerable<CertificateProfile> fitting = Engine.Profiles.List().Where(profile => pattern.IsMatch(profile.Name));
                WriteObject(fitting, enumerateCollection: true);
            });
        }
    }
}

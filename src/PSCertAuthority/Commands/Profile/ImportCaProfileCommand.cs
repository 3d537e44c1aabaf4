using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>Adds profiles from a file of Export-CaProfile, and replaces those of the same names: all of a file, or none.</summary>
[Cmdlet(VerbsData.Import, "CaProfile", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(CertificateProfile))]
public sealed class ImportCaProfileCommand : CaCommand
{
    /// <summary>The file; wildcards name several.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PathArgument]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The file, taken to the letter.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Writes the profiles to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.MayBeNew;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string[] files = ParameterSetName == "Path"
            ? [.. Path.SelectMany(path => ResolveInputPaths(path))]
            : [.. LiteralPath.SelectMany(path => ResolveInputPath(path))];
        foreach (string file in files)
        {
            ForItem(file, () =>
            {
                IReadOnlyList<CertificateProfile> profiles = ProfileService.ReadFile(file);
                RequireBeforeAsking(authority: null, profile: null);
                if (!ShouldProcess(string.Join(", ", profiles), $"Import the profiles of '{file}'"))
                    return;
                IReadOnlyList<CertificateProfile> imported = Engine.Profiles.Import(profiles);
                WriteVerbose($"Imported {imported.Count} profiles from '{file}'.");
                if (PassThru)
                    WriteObject(imported, enumerateCollection: true);
            });
        }
    }
}

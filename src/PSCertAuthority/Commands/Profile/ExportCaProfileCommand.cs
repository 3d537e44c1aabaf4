using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using PSCertAuthority.Binding;
using PSCertAuthority.Profiles;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>Writes profiles as readable JSON, to a file or to the pipeline, so that they can live in version control.</summary>
[Cmdlet(VerbsData.Export, "CaProfile", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportCaProfileCommand : CaCommand
{
    private readonly List<CertificateProfile> _profiles = [];

    /// <summary>The profiles, or their names; without them, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    [ValidateNotNullOrEmpty]
    public ProfileIdentity[]? Name { get; set; }

    /// <summary>The file to write; without it, the pipeline gets the text.</summary>
    [Parameter]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline as a FileInfo object.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name is null)
            ForItem(StorePath, () => _profiles.AddRange(Engine.Profiles.List()));
        foreach (ProfileIdentity name in Name ?? [])
            ForItem(name, () => _profiles.Add(Engine.Profiles.Get(name)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForItem(Path, () =>
    {
        if (_profiles.Count == 0)
            return;
        byte[] content = ProfileService.Encode(_profiles);
        if (Path is null)
        {
            WriteObject(Encoding.UTF8.GetString(content));
            return;
        }

        string path = ResolveOutputPath(Path);
        if (!ShouldProcess(path, $"Write {_profiles.Count} profiles"))
            return;
        AtomicFile.Write(path, content, overwrite: Force);
        WriteVerbose($"Wrote {_profiles.Count} profiles to '{path}'.");
        if (PassThru)
            WriteObject(new FileInfo(path));
    });
}

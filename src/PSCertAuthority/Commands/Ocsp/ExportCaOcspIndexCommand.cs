using System.IO;
using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;

namespace PSCertAuthority.Commands;

/// <summary>Writes the certificates of an authority as OpenSSL's index.txt has them, so that openssl ocsp -index answers from it.</summary>
[Cmdlet(VerbsData.Export, "CaOcspIndex", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportCaOcspIndexCommand : CaCommand
{
    /// <summary>Name, exact common name, serial number or its start, thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name", "Authority")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>The file to write; without it, the pipeline gets the lines.</summary>
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
        foreach (AuthorityIdentity identity in Identity)
            ForItem(identity, () => Export(Engine.Authorities.Get(identity)));
    }

    private void Export(CaAuthority authority)
    {
        if (Path is null)
        {
            foreach (string line in Engine.OcspIndex.Lines(authority, Cancellation))
                WriteObject(line);
            return;
        }

        string path = ResolveOutputPath(Path);
        if (!ShouldProcess(path, $"Write the OCSP index of '{authority.Name}'"))
            return;
        int count = Engine.OcspIndex.Write(authority, path, Force, Cancellation);
        WriteVerbose($"Wrote {count} certificates of '{authority.Name}' to '{path}'.");
        if (PassThru)
            WriteObject(new FileInfo(path));
    }
}

using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>What the commands that write certificates and CRLs have in common: to a file, a directory, or the pipeline.</summary>
public abstract class ExportCommand : CaCommand
{
    /// <summary>The file to write. Without it and -Directory, the pipeline gets the text (PEM) or the octets (DER).</summary>
    [Parameter(ParameterSetName = "Path")]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The directory to write to, a file for each object, named after it. It is made where it is missing.</summary>
    [Parameter(ParameterSetName = "Directory", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Directory { get; set; }

    /// <summary>PEM or DER.</summary>
    [Parameter]
    public EncodingFormat Format { get; set; } = EncodingFormat.Pem;

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the files to the pipeline as FileInfo objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether the user wants a file.</summary>
    protected bool ToFile => Path is not null || Directory is not null;

    /// <summary>Writes what was encoded to where the user wants it.</summary>
    /// <param name="name">The object's name, for a file in a directory.</param>
    /// <param name="extension">The file's extension for PEM and for DER.</param>
    /// <param name="content">The octets of the file.</param>
    protected void Emit(string name, (string Pem, string Der) extension, byte[] content)
    {
        if (!ToFile || ShouldProcess(Target(name, extension), $"Write {name}"))
            Write(name, extension, content);
    }

    /// <summary>The same, where the user was asked before.</summary>
    /// <inheritdoc cref="Emit" path="/param"/>
    protected void Write(string name, (string Pem, string Der) extension, byte[] content)
    {
        if (!ToFile)
        {
            if (Format == EncodingFormat.Pem)
                WriteObject(Encoding.ASCII.GetString(content));
            else
                WriteObject(content, enumerateCollection: false);
            return;
        }

        string target = Target(name, extension);
        if (Directory is not null)
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        AtomicFile.Write(target, content, overwrite: Force);
        WriteVerbose($"Wrote {name} to '{target}'.");
        if (PassThru)
            WriteObject(new FileInfo(target));
    }

    /// <summary>The full path of the file for an object.</summary>
    protected string Target(string name, (string Pem, string Der) extension)
    {
        if (Path is not null)
            return ResolveOutputPath(Path);
        // What Windows does not allow in names is replaced everywhere, so that a folder can be copied from one system to the other.
        string safe = new([.. name.Select(c => char.IsControl(c) || "<>:\"/\\|?*".IndexOf(c) >= 0 ? '_' : c)]);
        return System.IO.Path.Combine(ResolveOutputPath(Directory!), safe.TrimEnd(' ', '.') + (Format == EncodingFormat.Pem ? extension.Pem : extension.Der));
    }
}

using System;
using System.IO;
using System.Management.Automation;
using PSCertAuthority.Binding;
using System.Text;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>What the commands that write certificates and CRLs have in common: to a file, a directory, or the pipeline.</summary>
public abstract class ExportCommand : CaCommand
{
    private readonly WrittenFiles _written = new();

    /// <summary>The file to write. Without it and -Directory, the pipeline gets the text (PEM) or the octets (all other forms).</summary>
    [Parameter(ParameterSetName = "Path")]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The directory to write to, a file for each object, named after it. It is made where it is missing.</summary>
    [Parameter(ParameterSetName = "Directory", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Directory { get; set; }

    /// <summary>How the files in the directory are named, without their extension. What Windows does not allow in names becomes '_'.</summary>
    [Parameter(ParameterSetName = "Directory")]
    [ArgumentCompleter(typeof(NamePatternCompleter))]
    [ValidateNotNullOrEmpty]
    public string? NamePattern { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the files to the pipeline as FileInfo objects.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The form of what is written.</summary>
    public abstract EncodingFormat Format { get; set; }

    /// <summary>The full path of the file for an object; null where the pipeline gets the content.</summary>
    /// <param name="name">The object's name, for a file in a directory, with extension.</param>
    protected string? TargetOf(string name) =>
        Path is not null ? ResolveOutputPath(Path)
        : Directory is not null ? System.IO.Path.Combine(ResolveOutputPath(Directory), name)
        : null;

    /// <summary>Asks, encodes and writes.</summary>
    /// <param name="what">What is written, for the user.</param>
    /// <param name="name">The object's name, for a file in a directory, with extension.</param>
    /// <param name="fingerprint">Tells the object from all others.</param>
    /// <param name="encode">Makes the octets of the file.</param>
    protected void Emit(string what, string name, string fingerprint, Func<byte[]> encode)
    {
        string? target = TargetOf(name);
        if (target is not null && _written.OtherThan(fingerprint, target) is { } other)
        {
            WriteError(ErrorRecords.FileWrittenBefore(target, what, other));
            return;
        }

        if (target is not null)
            AtomicFile.RequireAbsent(target, Force);
        if (target is null || ShouldProcess(target, $"Write {what}"))
        {
            Write(what, target, encode());
            if (target is not null)
                _written.Add(target, fingerprint, what);
        }
    }

    /// <summary>Writes, where the user was asked before.</summary>
    /// <param name="what">What is written, for the user.</param>
    /// <param name="target">The full path of the file; null writes to the pipeline.</param>
    /// <param name="content">The octets.</param>
    protected void Write(string what, string? target, byte[] content)
    {
        if (target is null)
            WriteObject(Format == EncodingFormat.Pem ? Encoding.ASCII.GetString(content) : content, enumerateCollection: false);
        else
            WriteFile(what, target, stream => stream.Write(content, 0, content.Length));
    }

    /// <summary>Writes to a file what <paramref name="content"/> puts into it.</summary>
    private protected void WriteFile(string what, string target, Action<Stream> content)
    {
        if (Directory is not null)
            AtomicFile.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        if (Format == EncodingFormat.Pkcs12)
            AtomicFile.WriteOwnerOnly(target, content, overwrite: Force);
        else
            AtomicFile.Write(target, content, overwrite: Force);
        WriteVerbose($"Wrote {what} to '{target}'.");
        if (PassThru)
            WriteObject(new FileInfo(target));
    }
}

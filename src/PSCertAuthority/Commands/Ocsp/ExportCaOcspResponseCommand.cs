using System;
using System.IO;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Commands;

/// <summary>
/// Writes signed OCSP responses as files that any web server can serve to who asks by GET without a nonce. The names are case-sensitive base64:
/// the directory must be on a file system that tells cases apart.
/// </summary>
[Cmdlet(VerbsData.Export, "CaOcspResponse", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCaOcspResponseCommand : CaCommand
{
    /// <summary>Name, exact common name, serial number or its start, thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name", "Authority")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>The directory that the web server serves; made where it is missing.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Directory { get; set; } = string.Empty;

    /// <summary>How long the responses are valid; a day, a week at most.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan ExpiresIn { get; set; } = TimeSpan.FromDays(1);

    /// <summary>By which digests clients may name the issuer; a file for each.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NotNullArgument]
    public OcspDigest[] DigestAlgorithm { get; set; } = [OcspDigest.Sha1, OcspDigest.Sha256];

    /// <summary>The password of the authority's key.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>Writes the files to the pipeline as FileInfo objects.</summary>
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
        string directory = ResolveOutputPath(Directory);
        if (!ShouldProcess(directory, $"Write the OCSP responses of '{authority.Name}'"))
            return;
        int count = 0;
        foreach (string path in Engine.OcspResponses.Write(authority, Password, directory, DigestAlgorithm, ExpiresIn, Cancellation))
        {
            count++;
            if (PassThru)
                WriteObject(new FileInfo(path));
        }

        WriteVerbose($"Wrote {count} OCSP responses of '{authority.Name}' to '{directory}'.");
    }
}

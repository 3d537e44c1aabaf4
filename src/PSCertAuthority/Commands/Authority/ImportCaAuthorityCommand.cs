using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Imports;

namespace PSCertAuthority.Commands;

/// <summary>
/// Takes over an authority that was made elsewhere: from files, from a directory of openssl ca or easy-rsa with all that it issued and revoked,
/// or all authorities of django-ca from its dump.
/// </summary>
[Cmdlet(VerbsData.Import, "CaAuthority", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(CaAuthority))]
public sealed class ImportCaAuthorityCommand : AuthorityUrlCommand
{
    /// <summary>A file with the certificate, and perhaps the key: PEM, DER, PKCS #7 or PKCS #12.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>A file with the key, where it is in one of its own: PKCS #8, PKCS #1 or SEC 1, PEM or DER. Without a key the authority lists and revokes, and cannot sign.</summary>
    [Parameter(ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>Complete CRLs that it signed elsewhere, PEM or DER: their revocations are taken over, also of certificates that are not in the store, and CRL numbers go on after theirs.</summary>
    [Parameter(ParameterSetName = "Path")]
    [Parameter(ParameterSetName = "OpenSsl")]
    [Parameter(ParameterSetName = "EasyRsa")]
    [ValidateNotNullOrEmpty]
    public string[] CrlPath { get; set; } = [];

    /// <summary>The directory of openssl ca, with index.txt and newcerts.</summary>
    [Parameter(ParameterSetName = "OpenSsl", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string OpenSslDirectory { get; set; } = string.Empty;

    /// <summary>The configuration that says where its files are; without it, openssl.cnf in the directory, or the usual names.</summary>
    [Parameter(ParameterSetName = "OpenSsl")]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>The pki directory of easy-rsa 3, or the one above it.</summary>
    [Parameter(ParameterSetName = "EasyRsa", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string EasyRsaDirectory { get; set; } = string.Empty;

    /// <summary>What 'manage.py dumpdata django_ca' wrote.</summary>
    [Parameter(ParameterSetName = "DjangoCa", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string DjangoCaDump { get; set; } = string.Empty;

    /// <summary>Where the key files of django-ca are (its CA_DIR); without it, where the dump says.</summary>
    [Parameter(ParameterSetName = "DjangoCa")]
    [ValidateNotNullOrEmpty]
    public string? DjangoCaKeyDirectory { get; set; }

    /// <summary>Its name in the store; without it, the common name, or that of django-ca.</summary>
    [Parameter(ParameterSetName = "Path")]
    [Parameter(ParameterSetName = "OpenSsl")]
    [Parameter(ParameterSetName = "EasyRsa")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Opens the key, or the PKCS #12 file, and goes on to protect the key here.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>Protects the key here with another password.</summary>
    [Parameter]
    public SecureString? NewPassword { get; set; }

    /// <summary>The number of the last CRL it signed elsewhere, so that none is used twice; openssl's crlnumber says it.</summary>
    [Parameter]
    public long? LastCrlNumber { get; set; }

    /// <summary>Makes the certificate the present one of an authority that is in the store with its key, also where it isn't newer, or another authority issued it.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.MayBeNew;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AuthoritySource? source = Source();
        if (source is null)
            return;
        string target = (source as FileSource)?.Path ?? (source as OpenSslSource)?.Directory ?? (source as EasyRsaSource)?.Directory ?? ((DjangoCaSource)source).DumpPath;
        ForItem(target, () =>
        {
            RequireBeforeAsking(authority: null, profile: null);
            if (ShouldProcess(target, "Import the authority"))
                Import(source);
        });
    }

    private AuthoritySource? Source() => ParameterSetName switch
    {
        "OpenSsl" => Resolve(OpenSslDirectory) is { } directory
            ? new OpenSslSource(directory, ConfigurationPath is null ? null : ResolveOutputPath(ConfigurationPath))
            : null,
        "EasyRsa" => Resolve(EasyRsaDirectory) is { } directory ? new EasyRsaSource(directory) : null,
        "DjangoCa" => Resolve(DjangoCaDump) is { } dump
            ? new DjangoCaSource(dump, DjangoCaKeyDirectory is null ? null : ResolveOutputPath(DjangoCaKeyDirectory))
            : null,
        _ => Resolve(Path) is { } path ? new FileSource(path, KeyPath is null ? null : ResolveOutputPath(KeyPath)) : null,
    };

    /// <summary>A full path without a separator at its end; null after an error of that item.</summary>
    private string? Resolve(string path) => ResolveInputPath(path).FirstOrDefault()?.TrimEnd(System.IO.Path.DirectorySeparatorChar);

    private void Import(AuthoritySource source)
    {
        Issued<IReadOnlyList<string>> imported = Engine.Imports.ImportAuthority(new AuthorityImportRequest
        {
            Source = source,
            Name = Name,
            Password = Password,
            NewPassword = NewPassword,
            LastCrlNumber = LastCrlNumber,
            Force = Force,
            CrlPaths = [.. CrlPath.Select(ResolveOutputPath)],
            Urls = Urls,
        });
        foreach (string warning in imported.Warnings)
            WriteWarning(warning);
        // By name alone, of which there is one: as an identity, it might also be another's common name or serial number.
        ILookup<string, CaAuthority> stored = Engine.Authorities.List().ToLookup(authority => authority.Name);
        foreach (string name in imported.Value)
        {
            WriteVerbose($"Imported the authority '{name}'.");
            WriteObject(stored[name], enumerateCollection: true);
        }
    }
}

using System.Management.Automation;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Commands;

/// <summary>Writes issued certificates to files or to the pipeline, with their chain and, as PKCS #12, with their key.</summary>
[Cmdlet(VerbsData.Export, "CaCertificate", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(byte[]), typeof(System.IO.FileInfo))]
public sealed class ExportCaCertificateCommand : ExportCommand
{
    private CertificateExportRequest _request = new();
    private FileNamePattern<CaCertificate>? _names;

    /// <summary>Exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Pem; Der; Pkcs7 (.p7b), certificates in one file; or Pkcs12 (.pfx), certificates with the private key.</summary>
    [Parameter]
    public override EncodingFormat Format { get; set; } = EncodingFormat.Pem;

    /// <summary>Adds the certificates of its issuers behind it, without the root: what TLS servers such as nginx and IIS send.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter IncludeChain { get; set; }

    /// <summary>Adds the certificates of all its issuers behind it, up to and with the root.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter IncludeRoot { get; set; }

    /// <summary>The file with the private key, for Pkcs12. Without it, the one that a certificate just issued names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>The password of that key file.</summary>
    [Parameter]
    public SecureString? KeyPassword { get; set; }

    /// <summary>The password of the Pkcs12 file.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>The name in the Pkcs12 file that certificate stores show. Without it, the common name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FriendlyName { get; set; }

    /// <summary>Makes the Pkcs12 file with AES-256 and SHA-256, which is so without it too.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Modern { get; set; }

    /// <summary>Makes the Pkcs12 file with Triple DES and SHA-1, which is all that Windows Server 2016 and older read.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Legacy { get; set; }

    private bool AsksForPkcs12 => Password is not null || FriendlyName is not null || Modern || Legacy;

    /// <inheritdoc/>
    protected override void BeginProcessing() => ForAll(Format, () =>
    {
        base.BeginProcessing();
        if (Modern && Legacy)
            ThrowTerminatingError(ErrorRecords.ModernOrLegacy());
        _request = new CertificateExportRequest
        {
            Format = Format,
            Chain = IncludeRoot ? ChainExtent.WithRoot : IncludeChain ? ChainExtent.Intermediates : ChainExtent.None,
            KeyPath = KeyPath is null ? null : ResolveOutputPath(KeyPath),
            KeyPassword = KeyPassword,
            Pkcs12 = AsksForPkcs12 ? ToOptions() : null,
        };
        _request.Check();
        _names = FileNamePatterns.ForCertificates(NamePattern);
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                CaCertificate certificate = Engine.Certificates.Get(identity);
                string name = _names!.NameFor(certificate) + FileExtensions.OfCertificates(Format);
                Emit($"the certificate {certificate.SerialNumber} ({certificate.Subject})", name, certificate.Sha256Fingerprint, () => Engine.Exports.Encode(certificate, _request));
            });
        }
    }

    private Pkcs12Options ToOptions() => new()
    {
        Password = Password,
        Compatibility = Legacy ? Pkcs12Compatibility.Legacy : Pkcs12Compatibility.Modern,
        FriendlyName = FriendlyName,
    };
}

using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;

namespace PSCertAuthority.Commands;

/// <summary>Writes the certificates of authorities to files or to the pipeline; never their keys.</summary>
[Cmdlet(VerbsData.Export, "CaAuthority", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(byte[]), typeof(System.IO.FileInfo))]
public sealed class ExportCaAuthorityCommand : ExportCommand
{
    private FileNamePattern<CaAuthority>? _names;

    /// <summary>Name, exact common name, serial number or its start, thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>Pem, Der, or Pkcs7 (.p7b), certificates in one file.</summary>
    [Parameter]
    [ValidateSet(nameof(EncodingFormat.Pem), nameof(EncodingFormat.Der), nameof(EncodingFormat.Pkcs7))]
    public override EncodingFormat Format { get; set; } = EncodingFormat.Pem;

    /// <summary>Adds the certificates of its issuers, up to the root. Not for Der, which holds one.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter IncludeChain { get; set; }

    /// <summary>Writes the request of an authority that awaits its certificate, as Pem or Der, in the place of a certificate.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Request { get; set; }

    private ChainExtent Chain => IncludeChain ? ChainExtent.WithRoot : ChainExtent.None;

    /// <inheritdoc/>
    protected override void BeginProcessing() => ForAll(Format, () =>
    {
        base.BeginProcessing();
        new CertificateExportRequest { Format = Format, Chain = Chain }.Check();
        _names = FileNamePatterns.ForAuthorities(NamePattern);
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (AuthorityIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                if (Request)
                {
                    ExportRequest(Engine.Authorities.GetWithPending(identity));
                    return;
                }

                CaAuthority authority = Engine.Authorities.GetNamed(identity);
                string name = _names!.NameFor(authority) + FileExtensions.OfCertificates(Format);
                Emit($"the certificate of '{authority.Name}'", name, authority.Sha256Fingerprint, () => Engine.Exports.Encode(authority, Format, Chain));
            });
        }
    }

    private void ExportRequest(CaAuthority authority) =>
        Emit($"the request of '{authority.Name}'", _names!.NameFor(authority) + ".csr", authority.CertificateRequest?.PublicKeyPin ?? authority.Name, () => ExportService.EncodeRequest(authority, Format));
}

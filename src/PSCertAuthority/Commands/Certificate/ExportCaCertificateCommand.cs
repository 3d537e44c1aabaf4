using System.Linq;
using System.Management.Automation;
using System.Text;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Commands;

/// <summary>Writes issued certificates to files or to the pipeline.</summary>
[Cmdlet(VerbsData.Export, "CaCertificate", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(byte[]), typeof(System.IO.FileInfo))]
public sealed class ExportCaCertificateCommand : ExportCommand
{
    /// <summary>Exact common name, start of the serial number, or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Adds the certificates of its issuers, without the root, in the order in which TLS servers want them. PEM only.</summary>
    [Parameter]
    public SwitchParameter IncludeChain { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                CaCertificate certificate = Engine.Certificates.Get(identity);
                byte[] content = Format == EncodingFormat.Der ? certificate.ToDer() : Encoding.ASCII.GetBytes(certificate.ToPem() + Chain(certificate));
                Emit(certificate.CommonName ?? certificate.SerialNumber, (".pem", ".cer"), content);
            });
        }
    }

    private string Chain(CaCertificate certificate) => IncludeChain
        ? string.Concat(Engine.Authorities.GetChain(certificate.Authority).Where(a => a.Parent is not null).Select(a => a.ToPem()))
        : string.Empty;
}

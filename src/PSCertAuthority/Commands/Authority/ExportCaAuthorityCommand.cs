using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;

namespace PSCertAuthority.Commands;

/// <summary>Writes the certificates of authorities to files or to the pipeline; never their keys.</summary>
[Cmdlet(VerbsData.Export, "CaAuthority", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(byte[]), typeof(System.IO.FileInfo))]
public sealed class ExportCaAuthorityCommand : ExportCommand
{
    /// <summary>Name, exact common name, start of the serial number, or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [Alias("Name")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>Adds the certificates of its issuers, up to the root. PEM only.</summary>
    [Parameter]
    public SwitchParameter IncludeChain { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (AuthorityIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                IReadOnlyList<CaAuthority> chain = Engine.Authorities.GetChain(identity);
                byte[] content = Format == EncodingFormat.Der
                    ? chain[0].ToDer()
                    : Encoding.ASCII.GetBytes(string.Concat(chain.Take(IncludeChain ? chain.Count : 1).Select(a => a.ToPem())));
                Emit(chain[0].Name, (".pem", ".cer"), content);
            });
        }
    }
}

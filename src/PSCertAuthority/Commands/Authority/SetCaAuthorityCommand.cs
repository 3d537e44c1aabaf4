using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;

namespace PSCertAuthority.Commands;

/// <summary>Changes what an authority writes into what it issues, and whether it signs at all.</summary>
[Cmdlet(VerbsCommon.Set, "CaAuthority", SupportsShouldProcess = true)]
[OutputType(typeof(CaAuthority))]
public sealed class SetCaAuthorityCommand : CaCommand
{
    /// <summary>Name, exact common name, start of the serial number, or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [Alias("Name")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>Whether it signs.</summary>
    [Parameter]
    public bool? Enabled { get; set; }

    /// <summary>CRL URLs in what it issues from now on; an empty list removes them.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? CrlUrl { get; set; }

    /// <summary>URLs of its delta CRLs, in what it issues and in its complete CRLs from now on; an empty list removes them.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? DeltaCrlUrl { get; set; }

    /// <summary>OCSP URLs in what it issues from now on; an empty list removes them.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? OcspUrl { get; set; }

    /// <summary>URLs of its certificate in what it issues from now on; an empty list removes them.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? IssuerUrl { get; set; }

    /// <summary>Issuer alternative names in what it issues from now on; an empty list removes them.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? IssuerAlternativeName { get; set; }

    /// <summary>Writes the changed authority to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var urls = new AuthorityUrls { Crl = CrlUrl, DeltaCrl = DeltaCrlUrl, Ocsp = OcspUrl, Issuer = IssuerUrl, IssuerAlternativeName = IssuerAlternativeName };
        foreach (AuthorityIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                if (!ShouldProcess(identity.Text, "Change the authority"))
                    return;
                CaAuthority changed = Engine.Authorities.Set(identity, urls, Enabled);
                WriteVerbose($"Changed the authority '{changed.Name}'.");
                if (PassThru)
                    WriteObject(changed);
            });
        }
    }
}

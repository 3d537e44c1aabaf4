using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Commands;

/// <summary>What the commands that change an authority have in common: what it writes into what it issues.</summary>
public abstract class AuthorityUrlCommand : CaCommand
{
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
    [ArgumentCompleter(typeof(GeneralNameCompleter))]
    [AllowEmptyCollection]
    public string[]? IssuerAlternativeName { get; set; }

    /// <summary>What was given; null leaves what the authority has.</summary>
    private protected AuthorityUrls Urls => new()
    {
        Crl = CrlUrl,
        DeltaCrl = DeltaCrlUrl,
        Ocsp = OcspUrl,
        Issuer = IssuerUrl,
        IssuerAlternativeName = IssuerAlternativeName,
    };
}

using System;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Commands;

/// <summary>
/// Renews authorities. With the same key the new certificate takes the place of the old one, and all that was issued goes on to validate below it.
/// With -NewKey a new key takes over the name; the old one goes on under another, and signs CRLs for what it issued.
/// </summary>
[Cmdlet(VerbsData.Update, "CaAuthority", SupportsShouldProcess = true, DefaultParameterSetName = "SameKey")]
[OutputType(typeof(CaAuthority))]
public sealed class UpdateCaAuthorityCommand : AuthorityUrlCommand
{
    /// <summary>Name, exact common name, serial number or its start, thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>Makes a new key, which issues from now on.</summary>
    [Parameter(ParameterSetName = "NewKey", Mandatory = true)]
    [NotNullArgument]
    public SwitchParameter NewKey { get; set; }

    /// <summary>The kind of the new key; without it, that of the present one.</summary>
    [Parameter(ParameterSetName = "NewKey")]
    public KeyType? KeyType { get; set; }

    /// <summary>Bits of the new key: 2048 and more for RSA, or 256, 384, 521 for EC; without it, as many as the present one has.</summary>
    [Parameter(ParameterSetName = "NewKey")]
    [ArgumentCompleter(typeof(KeySizeCompleter))]
    public int? KeySize { get; set; }

    /// <summary>Encrypts the new key with this password.</summary>
    [Parameter(ParameterSetName = "NewKey")]
    public SecureString? NewPassword { get; set; }

    /// <summary>Under which name the present key goes on; without it, the name with a number, as Root-1.</summary>
    [Parameter(ParameterSetName = "NewKey")]
    [ValidateNotNullOrEmpty]
    public string? PreviousName { get; set; }

    /// <summary>Lets each key sign the other, for those who trust only one of them. The store keeps both certificates; Get-CaCertificate shows them.</summary>
    [Parameter(ParameterSetName = "NewKey")]
    [NotNullArgument]
    public SwitchParameter CrossSign { get; set; }

    /// <summary>Revokes the present certificate as superseded, in the same moment. A root's cannot be.</summary>
    [Parameter(ParameterSetName = "SameKey")]
    [NotNullArgument]
    public SwitchParameter Revoke { get; set; }

    /// <summary>The file for a request to an issuer elsewhere, as PEM: for the present key, or with -NewKey for a new one. Import-CaAuthority takes the certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RequestPath { get; set; }

    /// <summary>Replaces the file of -RequestPath.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <summary>The password of the present key, where it signs: that of a root, or with -CrossSign.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>The password of the parent's key.</summary>
    [Parameter]
    public SecureString? ParentPassword { get; set; }

    /// <summary>The digest of its signatures; without it, the present one.</summary>
    [Parameter]
    public DigestAlgorithm? DigestAlgorithm { get; set; }

    /// <summary>Days until it ends; without it, as many as the present certificate has.</summary>
    [Parameter]
    public int? ValidDays { get; set; }

    /// <summary>When it ends; goes before -ValidDays.</summary>
    [Parameter]
    public DateTime? NotAfter { get; set; }

    /// <summary>CRL URLs in its own certificate; without it, those that the parent writes, or those it had.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? CaCrlUrl { get; set; }

    /// <summary>OCSP URLs in its own certificate; without it, those that the parent writes, or those it had.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? CaOcspUrl { get; set; }

    /// <summary>URLs of the parent's certificate in its own; without it, those that the parent writes, or those it had.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? CaIssuerUrl { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (AuthorityIdentity identity in Identity)
            ForItem(identity, () => Renew(Engine.Authorities.Get(identity)));
    }

    private void Renew(CaAuthority authority)
    {
        string act = RequestPath is not null ? $"Write a request for its renewal to '{RequestPath}'" : NewKey ? "Renew with a new key" : Revoke ? "Renew and revoke the present certificate" : "Renew with the same key";
        if (!ShouldProcess($"{authority.Name} ({authority.Subject})", act))
            return;
        Issued<CaAuthority> renewed = Engine.Authorities.Renew(ToRequest(authority));
        foreach (string warning in renewed.Warnings)
            WriteWarning(warning);
        WriteVerbose(RequestPath is not null ? $"Wrote the request for '{renewed.Value.Name}' to '{RequestPath}'." : NewKey
            ? $"The authority '{renewed.Value.Name}' issues with a new key; the old one goes on as '{renewed.Value.Replaces}'."
            : $"Renewed the authority '{renewed.Value.Name}' until {renewed.Value.NotAfter:yyyy-MM-dd HH:mm:ss}.");
        WriteObject(renewed.Value);
    }

    private AuthorityRenewalRequest ToRequest(CaAuthority authority) => new()
    {
        Authority = authority,
        Password = Password,
        ParentPassword = ParentPassword,
        Key = !NewKey ? AuthorityKey.Keep : CrossSign ? AuthorityKey.ReplaceAndCrossSign : AuthorityKey.Replace,
        NewKey = KeyType is null && KeySize is null ? null : KeySpecification.Create(KeyType ?? authority.KeyType, KeySize, CaDefaults.AuthorityRsaSize),
        RequestPath = RequestPath is null ? null : ResolveOutputPath(RequestPath),
        OverwriteRequest = Force,
        NewPassword = NewPassword,
        PreviousName = PreviousName,
        Present = Revoke ? RenewedCertificate.Revoke : RenewedCertificate.Keep,
        Digest = DigestAlgorithm,
        ValidDays = ValidDays,
        NotAfter = NotAfter,
        OwnCrlUrls = CaCrlUrl,
        OwnOcspUrls = CaOcspUrl,
        OwnIssuerUrls = CaIssuerUrl,
        Urls = Urls,
    };
}

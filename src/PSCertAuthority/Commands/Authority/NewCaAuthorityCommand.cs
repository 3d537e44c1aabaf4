using System;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Commands;

/// <summary>Makes a certificate authority with a key of its own: a root, or one below another.</summary>
[Cmdlet(VerbsCommon.New, "CaAuthority", SupportsShouldProcess = true, DefaultParameterSetName = "PathLength")]
[OutputType(typeof(CaAuthority))]
public sealed class NewCaAuthorityCommand : ExtensionCommand
{
    /// <summary>Its name in the store.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its subject, such as '/C=AT/O=Example/CN=Example Root'. The name becomes the common name where it has none.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public SubjectArgument? Subject { get; set; }

    /// <summary>The authority that issues it; without one it is a root.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [ValidateNotNull]
    public AuthorityIdentity? Parent { get; set; }

    /// <summary>The password of the parent's key.</summary>
    [Parameter]
    public SecureString? ParentPassword { get; set; }

    /// <summary>The request of an authority that is elsewhere and has its own key (object, file, or PEM text): -Parent signs it, and the result has no key here.</summary>
    [Parameter]
    [RequestArgument(TakesText = true)]
    [ValidateNotNull]
    public CaCertificateRequest? Request { get; set; }

    /// <summary>The file for a request to an issuer elsewhere, as PEM. The authority is pending until Import-CaAuthority takes its certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RequestPath { get; set; }

    /// <summary>Replaces the file of -RequestPath.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <summary>The kind of key.</summary>
    [Parameter]
    public KeyType KeyType { get; set; } = KeyType.RSA;

    /// <summary>Bits: 2048 and more for RSA (4096), or 256, 384, 521 for EC (256).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeySizeCompleter))]
    public int? KeySize { get; set; }

    /// <summary>Encrypts the key with this password.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>The digest of its signatures: SHA-512 for RSA, what fits the curve for EC.</summary>
    [Parameter]
    public DigestAlgorithm? DigestAlgorithm { get; set; }

    /// <summary>Days until it ends; 3650.</summary>
    [Parameter]
    public int? ValidDays { get; set; }

    /// <summary>When it ends; goes before -ValidDays.</summary>
    [Parameter]
    public DateTime? NotAfter { get; set; }

    /// <summary>How many authorities may follow below it; 0.</summary>
    [Parameter(ParameterSetName = "PathLength")]
    public int PathLength { get; set; }

    /// <summary>Any number of authorities may follow below it.</summary>
    [Parameter(ParameterSetName = "NoPathLengthLimit", Mandatory = true)]
    [NotNullArgument]
    public SwitchParameter NoPathLengthLimit { get; set; }

    /// <summary>The only names it may issue: DNS, IP network, e-mail, URI or directory name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(GeneralNameCompleter))]
    public string[] PermittedName { get; set; } = [];

    /// <summary>Names it may not issue.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(GeneralNameCompleter))]
    public string[] ExcludedName { get; set; } = [];

    /// <summary>Lets verifiers that do not know name constraints pass over them. RFC 5280 forbids it; some public authorities did so.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter NonCriticalNameConstraint { get; set; }

    /// <summary>After so many certificates below it, each must have an acceptable policy.</summary>
    [Parameter]
    public int? RequireExplicitPolicy { get; set; }

    /// <summary>After so many certificates below it, policies can no longer be mapped.</summary>
    [Parameter]
    public int? InhibitPolicyMapping { get; set; }

    /// <summary>After so many certificates below it, the policy any-policy no longer stands for all.</summary>
    [Parameter]
    public int? InhibitAnyPolicy { get; set; }

    /// <summary>CRL URLs in its own certificate; without it, those that the parent writes.</summary>
    [Parameter]
    public string[]? CaCrlUrl { get; set; }

    /// <summary>OCSP URLs in its own certificate; without it, those that the parent writes.</summary>
    [Parameter]
    public string[]? CaOcspUrl { get; set; }

    /// <summary>URLs of the parent's certificate in its own; without it, those that the parent writes.</summary>
    [Parameter]
    public string[]? CaIssuerUrl { get; set; }

    /// <summary>CRL URLs in what it issues.</summary>
    [Parameter]
    public string[]? CrlUrl { get; set; }

    /// <summary>URLs of its delta CRLs, in what it issues and in its complete CRLs.</summary>
    [Parameter]
    public string[]? DeltaCrlUrl { get; set; }

    /// <summary>OCSP URLs in what it issues.</summary>
    [Parameter]
    public string[]? OcspUrl { get; set; }

    /// <summary>URLs of its certificate in what it issues.</summary>
    [Parameter]
    public string[]? IssuerUrl { get; set; }

    /// <summary>Issuer alternative names in what it issues.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(GeneralNameCompleter))]
    public string[]? IssuerAlternativeName { get; set; }

    /// <inheritdoc/>
    private protected override StorePresence Presence => StorePresence.MayBeNew;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Name, () =>
    {
        AuthorityRequest request = ToRequest();
        string what = RequestPath is not null ? $"Make the key of an authority and write its request to '{RequestPath}'"
            : Request is not null ? $"Sign the request of an authority elsewhere by '{Parent}'"
            : Parent is null ? "Make a root authority" : $"Make an authority below '{Parent}'";
        // Also where nothing is needed of it: a store that is no store is told now.
        CaEngine engine = Engine;
        if (Parent is not null)
            _ = engine.Authorities.Get(Parent);
        if (!ShouldProcess(Name, what))
            return;
        if (Request is null)
            WriteVerbose($"Making a key ({request.Key}) for the authority '{Name}'.");
        Issued<CaAuthority> made = engine.Authorities.Create(request);
        foreach (string warning in made.Warnings)
            WriteWarning(warning);
        WriteVerbose(made.Value.Status == AuthorityStatus.Pending
            ? $"The authority '{Name}' awaits its certificate; its request is '{request.RequestPath}', its key '{made.Value.KeyFile}'."
            : $"The authority '{Name}' has the serial number {made.Value.SerialNumber}{(Request is null ? $"; its key is '{made.Value.KeyFile}'" : string.Empty)}.");
        WriteObject(made.Value);
    });

    private AuthorityRequest ToRequest() => new()
    {
        Name = Name,
        Subject = Subject?.Read() ?? DistinguishedName.Empty,
        Parent = Parent,
        ParentPassword = ParentPassword,
        Request = Request,
        RequestPath = RequestPath is null ? null : ResolveOutputPath(RequestPath),
        OverwriteRequest = Force,
        Key = KeySpecification.Create(KeyType, KeySize, CaDefaults.AuthorityRsaSize),
        Password = Password,
        Digest = DigestAlgorithm,
        ValidDays = ValidDays,
        NotAfter = NotAfter,
        PathLength = NoPathLengthLimit ? null : PathLength,
        NameConstraints = NameConstraints.Create(PermittedName, ExcludedName),
        NameConstraintsCritical = !NonCriticalNameConstraint,
        KeyUsage = ReadKeyUsage() ?? X509KeyUsageFlags.None,
        ExtendedKeyUsage = ReadExtendedKeyUsage() ?? [],
        ExtendedKeyUsageCritical = ExtendedKeyUsageCritical,
        CertificatePolicies = PolicyArgument.Read(CertificatePolicy),
        PolicyLimits = new PolicyLimits
        {
            RequireExplicitPolicy = RequireExplicitPolicy,
            InhibitPolicyMapping = InhibitPolicyMapping,
            InhibitAnyPolicy = InhibitAnyPolicy,
        },
        Extensions = ExtensionArgument.Read(Extension),
        OwnCrlUrls = CaCrlUrl,
        OwnOcspUrls = CaOcspUrl,
        OwnIssuerUrls = CaIssuerUrl,
        Urls = new AuthorityUrls { Crl = CrlUrl, DeltaCrl = DeltaCrlUrl, Ocsp = OcspUrl, Issuer = IssuerUrl, IssuerAlternativeName = IssuerAlternativeName },
    };
}

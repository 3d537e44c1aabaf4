using System.Management.Automation;
using System.Security;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Commands;

/// <content>Where the key comes from: requests, as objects or files, or a key that is made here.</content>
public sealed partial class NewCaCertificateCommand
{
    /// <summary>The request, as New-CaCertificateRequest makes it, or as bytes (DER or PEM).</summary>
    [Parameter(ParameterSetName = "Request", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [RequestArgument]
    public CaCertificateRequest? Request { get; set; }

    /// <summary>The file with the request, PEM or DER; wildcards name several. Text that is a request in PEM is read as one.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PathArgument]
    [Alias("RequestPath")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The file with the request, taken to the letter.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Makes a key here; -KeyPath or -PfxPath says where it goes.</summary>
    [Parameter(ParameterSetName = "GenerateKey", Mandatory = true)]
    [Parameter(ParameterSetName = "GeneratePfx", Mandatory = true)]
    [NotNullArgument]
    public SwitchParameter GenerateKey { get; set; }

    /// <summary>The file for the generated key, which only its owner may read.</summary>
    [Parameter(ParameterSetName = "GenerateKey", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>The PKCS #12 file (.pfx) for the generated key, its certificate and the chain without the root, which only its owner may read.</summary>
    [Parameter(ParameterSetName = "GeneratePfx", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string PfxPath { get; set; } = string.Empty;

    /// <summary>The password of that file.</summary>
    [Parameter(ParameterSetName = "GeneratePfx", Mandatory = true)]
    public SecureString? PfxPassword { get; set; }

    /// <summary>The name in that file that certificate stores show. Without it, the common name.</summary>
    [Parameter(ParameterSetName = "GeneratePfx", ValueFromPipelineByPropertyName = true)]
    public string? FriendlyName { get; set; }

    /// <summary>Makes that file with Triple DES and SHA-1, which is all that Windows Server 2016 and older read; else with AES-256 and SHA-256.</summary>
    [Parameter(ParameterSetName = "GeneratePfx")]
    [NotNullArgument]
    public SwitchParameter Legacy { get; set; }

    /// <summary>The kind of the generated key.</summary>
    [Parameter(ParameterSetName = "GenerateKey", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "GeneratePfx", ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(KeyType), Empty = KeyType.EC)]
    public KeyType KeyType { get; set; } = KeyType.EC;

    /// <summary>Bits: 2048 and more for RSA (3072), or 256, 384, 521 for EC (256).</summary>
    [Parameter(ParameterSetName = "GenerateKey", ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = "GeneratePfx", ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(int))]
    [ArgumentCompleter(typeof(KeySizeCompleter))]
    public int? KeySize { get; set; }

    /// <summary>Encrypts the generated key with this password.</summary>
    [Parameter(ParameterSetName = "GenerateKey")]
    public SecureString? KeyPassword { get; set; }

    /// <summary>Replaces a key file that exists.</summary>
    [Parameter(ParameterSetName = "GenerateKey")]
    [Parameter(ParameterSetName = "GeneratePfx")]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    private CertificateIssueRequest WithKey(CertificateIssueRequest issue, CaCertificateRequest? request, string? requestPath) => issue with
    {
        Request = request,
        RequestPath = requestPath,
        GenerateKey = GenerateKey ? KeySpecification.Create(KeyType, KeySize, CaDefaults.CertificateRsaSize) : null,
        KeyPath = KeyPath.Length > 0 ? ResolveOutputPath(KeyPath) : null,
        PfxPath = PfxPath.Length > 0 ? ResolveOutputPath(PfxPath) : null,
        Pkcs12 = PfxPath.Length > 0 ? ToPkcs12Options() : null,
        KeyPassword = KeyPassword,
        OverwriteKey = Force,
    };

    private Pkcs12Options ToPkcs12Options() => new()
    {
        Password = PfxPassword,
        Compatibility = Legacy ? Pkcs12Compatibility.Legacy : Pkcs12Compatibility.Modern,
        FriendlyName = string.IsNullOrEmpty(FriendlyName) ? null : FriendlyName,
    };
}

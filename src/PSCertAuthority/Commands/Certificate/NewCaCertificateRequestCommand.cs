using System.Linq;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>Makes a key, in a file that only its owner may read, and a certificate request (CSR) for it. Needs no store.</summary>
[Cmdlet(VerbsCommon.New, "CaCertificateRequest", SupportsShouldProcess = true)]
[OutputType(typeof(CaCertificateRequest))]
public sealed class NewCaCertificateRequestCommand : CaCommand
{
    /// <summary>The subject to ask for.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public SubjectArgument? Subject { get; set; }

    /// <summary>The alternative names to ask for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GeneralNameCompleter))]
    [Alias("SAN", "DnsName")]
    public string[] SubjectAlternativeName { get; set; } = [];

    /// <summary>The kind of key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(KeyType), Empty = KeyType.EC)]
    public KeyType KeyType { get; set; } = KeyType.EC;

    /// <summary>Bits: 2048 and more for RSA (3072), or 256, 384, 521 for EC (256).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(KeySizeCompleter))]
    [Cell(typeof(int))]
    public int? KeySize { get; set; }

    /// <summary>The file for the key.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>Encrypts the key with this password.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>A file for the request as PEM; the pipeline gets the object in any case.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath")]
    public string? Path { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(Subject, () =>
    {
        DistinguishedName subject = Subject?.Read() ?? DistinguishedName.Empty;
        GeneralName[] names = [.. SubjectAlternativeName.Where(name => name.Length > 0).Select(GeneralName.Parse)];
        KeySpecification key = KeySpecification.Create(KeyType, KeySize, CaDefaults.CertificateRsaSize);
        string keyPath = ResolveOutputPath(KeyPath);
        string? requestPath = Path is null ? null : ResolveOutputPath(Path);
        if (requestPath is not null)
            AtomicFile.RequireAbsent(requestPath, Force);
        if (!ShouldProcess(keyPath, $"Make a key ({key}) and a request"))
            return;
        CaCertificateRequest request = RequestFactory.Create(key, subject, names, keyPath, Password, Force, requestPath);
        WriteVerbose($"The key ({key}) of the request '{request}' is '{keyPath}'.");
        WriteObject(request);
    });
}

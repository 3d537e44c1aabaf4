using System;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Commands;

/// <summary>Asks an OCSP responder, ours or any other, about a certificate, and shows its answer.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CaOcspResponder", DefaultParameterSetName = "Identity")]
[OutputType(typeof(CaOcspAnswer))]
public sealed class TestCaOcspResponderCommand : CaCommand
{
    /// <summary>A certificate of the store: exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(ParameterSetName = "Identity", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>A file with a certificate, PEM or DER, that need not be in the store; wildcards name several.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>A file with the certificate of the issuer; without it, the issuer is looked for in the store.</summary>
    [Parameter(ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string? IssuerPath { get; set; }

    /// <summary>The responder; without it, the one that the certificate names.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResponderUrlCompleter))]
    [Alias("Url", "OcspUri")]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>Whether to ask by Post, or by Get as caches can answer.</summary>
    [Parameter]
    public OcspMethod Method { get; set; }

    /// <summary>By which digest the issuer is named: Sha1, which every responder knows, or Sha256.</summary>
    [Parameter]
    public OcspDigest DigestAlgorithm { get; set; }

    /// <summary>Sends no nonce, so that an answer made before will do.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter NoNonce { get; set; }

    /// <summary>How long to wait, in seconds; 15.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <inheritdoc/>
    private protected override StorePresence Presence => IssuerPath is null ? StorePresence.Required : StorePresence.Ignored;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            ForItem(identity, () => Ask(Engine.Certificates.Get(identity).ToDer(), issuer: null));
        foreach (string file in Path.SelectMany(ResolveInputPaths))
            ForItem(file, () => Ask(First(file), IssuerPath is null ? null : First(ResolveOutputPath(IssuerPath))));
    }

    private static byte[] First(string path) => CertificateImportRequest.ReadCertificate(path);

    private void Ask(byte[] certificate, byte[]? issuer) => WriteObject(Engine.OcspProbe.Ask(
        certificate,
        issuer,
        Uri,
        new OcspProbeOptions { Digest = DigestAlgorithm, Method = Method, WithNonce = !NoNonce, Timeout = TimeSpan.FromSeconds(TimeoutSeconds) },
        Cancellation));
}

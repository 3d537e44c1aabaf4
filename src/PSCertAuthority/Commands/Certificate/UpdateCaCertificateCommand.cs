using System;
using System.Management.Automation;
using System.Security;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>
/// Renews certificates: the new one keeps subject, alternative names, usages, policies, profile, validity and watchers, and the public key too,
/// unless a request or -GenerateKey brings another one. One that was renewed before is passed over.
/// </summary>
[Cmdlet(VerbsData.Update, "CaCertificate", SupportsShouldProcess = true, DefaultParameterSetName = "SameKey")]
[OutputType(typeof(CaCertificate))]
public sealed class UpdateCaCertificateCommand : CaCommand
{
    private readonly IssuanceRun _run;

    /// <summary>Issues nothing yet.</summary>
    public UpdateCaCertificateCommand() => _run = new IssuanceRun(this, BeginIssuance);

    /// <summary>Exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>A request with the new key: the object, a file, its path, its text (PEM) or its bytes. Its subject and extensions do not count.</summary>
    [Parameter(ParameterSetName = "Request", Mandatory = true)]
    [RequestArgument(TakesText = true)]
    [ValidateNotNull]
    public CaCertificateRequest? Request { get; set; }

    /// <summary>A file with a request, PEM or DER, taken to the letter; or its text in PEM.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true)]
    [Alias("Path", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? RequestPath { get; set; }

    /// <summary>Makes a new key here; -KeyPath says where it goes.</summary>
    [Parameter(ParameterSetName = "GenerateKey", Mandatory = true)]
    [NotNullArgument]
    public SwitchParameter GenerateKey { get; set; }

    /// <summary>The file for the generated key, which only its owner may read.</summary>
    [Parameter(ParameterSetName = "GenerateKey", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>The kind of the generated key.</summary>
    [Parameter(ParameterSetName = "GenerateKey")]
    public KeyType KeyType { get; set; } = KeyType.EC;

    /// <summary>Bits: 2048 and more for RSA (3072), or 256, 384, 521 for EC (256).</summary>
    [Parameter(ParameterSetName = "GenerateKey")]
    [ArgumentCompleter(typeof(KeySizeCompleter))]
    public int? KeySize { get; set; }

    /// <summary>Encrypts the generated key with this password.</summary>
    [Parameter(ParameterSetName = "GenerateKey")]
    public SecureString? KeyPassword { get; set; }

    /// <summary>The authority that issues the new one; without it, that of the old one, or the one with a newer key that took its place.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [ValidateNotNull]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>The password of the authority's key.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>Another profile, whose usages the new one gets; without it, profile and usages of the old one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    public ProfileIdentity? Profile { get; set; }

    /// <summary>Days until it ends; without it, as many as the old one had.</summary>
    [Parameter]
    public int? ValidDays { get; set; }

    /// <summary>When it ends; goes before -ValidDays.</summary>
    [Parameter]
    public DateTime? NotAfter { get; set; }

    /// <summary>Revokes the old one as superseded, in the same moment.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Revoke { get; set; }

    /// <summary>Renews also what was renewed before or is replaced by a server, and replaces a key file that exists.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            ForItem(identity, () => Renew(Engine.Certificates.Get(identity)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForItem(null, _run.Complete);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _run.Dispose();
        base.Dispose(disposing);
    }

    private void Renew(CaCertificate certificate)
    {
        if (certificate.IsServerManaged && !Force)
        {
            WriteWarning($"The certificate {certificate.SerialNumber} ({certificate.Subject}) is that of a responder or web interface, which has its key in memory and replaces it by itself.");
            return;
        }

        // A scheduled task meets these every day until their end.
        if (certificate is { IsAuthority: true, ReplacedBy: not null } && !Force)
        {
            WriteWarning($"The certificate {certificate.SerialNumber} ({certificate.Subject}) is a former one of an authority. Update-CaAuthority renews authorities.");
            return;
        }

        if (certificate.ReplacedBy is { } successor && !Force)
        {
            string next = certificate.RevokedAt is null ? "-Force renews it once more."
                : $"It is {(certificate.Status == CertificateStatus.Revoked ? "revoked" : "suspended")}: to renew the newer one, use Update-CaCertificate '{successor}'.";
            WriteWarning($"The certificate {certificate.SerialNumber} ({certificate.Subject}) was renewed before, by {successor}. {next}");
            return;
        }

        RequireBeforeAsking(Authority, Profile);
        if (!ShouldProcess($"{certificate.SerialNumber} ({certificate.Subject})", Revoke ? "Renew and revoke the old one" : "Renew"))
            return;
        bool isText = RequestPath is not null && RequestText.IsRequest(RequestPath);
        _run.Submit(Engine, new CertificateIssueRequest
        {
            Renews = certificate,
            Renewed = Revoke ? RenewedCertificate.Revoke : RenewedCertificate.Keep,
            RenewAgain = Force,
            Authority = Authority,
            Password = Password,
            Request = Request ?? (isText ? CertificateRequestReader.Read(Encoding.UTF8.GetBytes(RequestPath!), "The request") : null),
            RequestPath = RequestPath is null || isText ? null : ResolveOutputPath(RequestPath),
            GenerateKey = GenerateKey ? KeySpecification.Create(KeyType, KeySize, CaDefaults.CertificateRsaSize) : null,
            KeyPath = KeyPath is null ? null : ResolveOutputPath(KeyPath),
            KeyPassword = KeyPassword,
            OverwriteKey = Force,
            Profile = NameOf(Profile),
            ValidDays = ValidDays,
            NotAfter = NotAfter,
        });
    }
}

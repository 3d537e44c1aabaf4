using System;
using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Commands;

/// <summary>Revokes certificates and authorities. The next CRL of the issuer names them.</summary>
[Cmdlet(VerbsSecurity.Revoke, "CaCertificate", SupportsShouldProcess = true, DefaultParameterSetName = "Certificate")]
[OutputType(typeof(CaCertificate), typeof(CaAuthority))]
public sealed class RevokeCaCertificateCommand : RevocationCommand
{
    /// <summary>Exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(ParameterSetName = "Certificate", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>The authority to revoke, by object, name, common name or the start of its serial number.</summary>
    [Parameter(ParameterSetName = "Authority", Mandatory = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>Why.</summary>
    [Parameter]
    public RevocationReason Reason { get; set; } = RevocationReason.Unspecified;

    /// <summary>Since when the key is thought to be in other hands.</summary>
    [Parameter]
    public DateTime? InvalidityDate { get; set; }

    /// <summary>Writes what was revoked to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
        {
            if (identity.OfAuthority is { } authority)
                ForItem(authority, () => RevokeAuthority(authority));
            else
                Submit(identity, $"Revoke ({Reason})", (pipeline, certificate) => pipeline.Revoke(certificate, Reason, InvalidityDate));
        }

        if (Authority is { } named)
            ForItem(named, () => RevokeAuthority(named));
    }

    /// <inheritdoc/>
    private protected override void Done(CaCertificate certificate)
    {
        WriteVerbose($"Revoked {certificate.SerialNumber} ({Reason}). The next CRL of '{certificate.Authority}' names it.");
        if (PassThru)
            WriteObject(certificate);
    }

    private void RevokeAuthority(AuthorityIdentity identity)
    {
        CaAuthority authority = Engine.Authorities.Get(identity);
        if (!ShouldProcess($"the authority '{authority.Name}' ({authority.Subject}) and all that it issued", $"Revoke ({Reason})"))
            return;
        Engine.Revocations.RevokeAuthority(authority, Reason, InvalidityDate);
        WriteVerbose($"Revoked the authority '{authority.Name}' ({Reason}). The next CRL of '{authority.Parent}' names it.");
        if (PassThru)
            WriteObject(Engine.Authorities.Get(authority));
    }
}

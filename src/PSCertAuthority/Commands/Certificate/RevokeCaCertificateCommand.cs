using System;
using System.Collections.Generic;
using System.Linq;
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
    private readonly List<CaCertificate> _compromised = [];

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
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(RevocationReason))]
    public RevocationReason? Reason { get; set; }

    /// <summary>Since when the key is thought to be in other hands.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(DateTime))]
    public DateTime? InvalidityDate { get; set; }

    /// <summary>Writes what was revoked to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RevocationReason reason = Reason ?? RevocationReason.Unspecified;
        DateTime? invalidityDate = InvalidityDate;
        foreach (CertificateIdentity identity in Identity)
        {
            if (identity.OfAuthority is { } authority)
                ForItem(authority, () => RevokeAuthority(authority, reason, invalidityDate));
            else
                Revoke(identity, reason, invalidityDate);
        }

        if (Authority is { } named)
            ForItem(named, () => RevokeAuthority(named, reason, invalidityDate));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        // Only now: the others may have been further down the pipeline.
        foreach (CaCertificate certificate in _compromised)
            ForItem(certificate, () => WarnOfSameKey(certificate));
    }

    /// <inheritdoc/>
    private protected override void Done(CaCertificate certificate)
    {
        if (certificate.RevocationReason == RevocationReason.KeyCompromise)
            _compromised.Add(certificate);
        WriteVerbose($"Revoked {certificate.SerialNumber} ({certificate.RevocationReason}). The next CRL of '{certificate.Authority}' names it.");
        if (PassThru)
            WriteObject(certificate);
    }

    private void WarnOfSameKey(CaCertificate certificate)
    {
        string[] others = [.. Engine.Revocations.GetOthersWithKey(certificate).Select(other => other.SerialNumber)];
        if (others.Length > 0)
            WriteWarning($"The key of {certificate.SerialNumber} ({certificate.Subject}) is also that of {string.Join(", ", others)}, not revoked yet. Revoke-CaCertificate -Reason KeyCompromise revokes these too.");
    }

    private void Revoke(CertificateIdentity identity, RevocationReason reason, DateTime? invalidityDate) =>
        Submit(identity, $"Revoke ({reason})", (pipeline, certificate) => pipeline.Revoke(certificate, reason, invalidityDate));

    private void RevokeAuthority(AuthorityIdentity identity, RevocationReason reason, DateTime? invalidityDate)
    {
        if (Engine.Certificates.FindFormer(identity) is { } former)
        {
            // Not the authority: what its present certificate says goes on to be valid.
            Revoke(former, reason, invalidityDate);
            return;
        }

        CaAuthority authority = Engine.Authorities.GetNamed(identity);
        if (!ShouldProcess($"the authority '{authority.Name}' ({authority.SerialNumber}, {authority.Subject}) and all that it issued", $"Revoke ({reason})"))
            return;
        Engine.Revocations.RevokeAuthority(authority, reason, invalidityDate);
        WriteVerbose($"Revoked the authority '{authority.Name}' ({reason}). The next CRL of '{authority.Parent}' names it.");
        if (PassThru)
            WriteObject(Engine.Authorities.Get(authority));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>Lists issued certificates, or gets those that are named. Expired and revoked ones are listed on request.</summary>
[Cmdlet(VerbsCommon.Get, "CaCertificate", DefaultParameterSetName = "List")]
[OutputType(typeof(CaCertificate))]
public sealed class GetCaCertificateCommand : CaCommand
{
    /// <summary>Common name or serial number, with the wildcards * and ?, or its start; thumbprint; the object, an X509Certificate2 or a file. An authority stands for all that it issued.</summary>
    [Parameter(ParameterSetName = "Identity", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    [SupportsWildcards]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Only those of this authority.</summary>
    [Parameter(ParameterSetName = "List")]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>Only those that stand so.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NotNullArgument]
    public CertificateStatus[] Status { get; set; } = [];

    /// <summary>Expired ones too.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Expired { get; set; }

    /// <summary>Revoked ones too.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Revoked { get; set; }

    /// <summary>Only those issued under this profile.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    public ProfileIdentity? Profile { get; set; }

    /// <summary>Only those of authorities: former certificates, and cross-certificates; with $false, only the others.</summary>
    [Parameter(ParameterSetName = "List")]
    [NotNullArgument]
    public SwitchParameter AuthorityCertificate { get; set; }

    /// <summary>Only those whose subject fits, with the wildcards * and ?.</summary>
    [Parameter]
    [SupportsWildcards]
    public string? Subject { get; set; }

    /// <summary>Only those with an alternative name that fits, with the wildcards * and ?.</summary>
    [Parameter]
    [Alias("SAN", "DnsName")]
    [SupportsWildcards]
    public string? SubjectAlternativeName { get; set; }

    /// <summary>Only those that end within so many days, without those that a responder or web interface replaces by itself.</summary>
    [Parameter]
    [ValidateRange(0, 36500)]
    public int? ExpiringWithin { get; set; }

    /// <summary>Only those issued later.</summary>
    [Parameter]
    public DateTime? IssuedAfter { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            ForItem(identity, () => Write(Engine.Certificates.GetAll(identity, ToFilter(), Cancellation)));
        if (ParameterSetName == "List")
            ForItem(Authority, () => Write(Engine.Certificates.List(ToFilter(), Cancellation)));
    }

    private void Write(IEnumerable<CaCertificate> certificates)
    {
        foreach (CaCertificate certificate in certificates)
            WriteObject(certificate);
    }

    private CertificateFilter ToFilter()
    {
        var status = new List<CertificateStatus>(Status);
        if (status.Count == 0 && (Expired || Revoked))
            status.AddRange([CertificateStatus.Valid, CertificateStatus.Suspended]);
        if (Expired)
            status.Add(CertificateStatus.Expired);
        if (Revoked)
            status.Add(CertificateStatus.Revoked);
        return new CertificateFilter
        {
            Authority = Authority,
            Status = [.. status.Distinct()],
            IsAuthority = MyInvocation.BoundParameters.ContainsKey(nameof(AuthorityCertificate)) ? AuthorityCertificate.IsPresent : null,
            Profile = NameOf(Profile),
            Subject = Subject,
            SubjectAlternativeName = SubjectAlternativeName,
            ExpiringWithinDays = ExpiringWithin,
            IssuedAfter = IssuedAfter,
        };
    }
}

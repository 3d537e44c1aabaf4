using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Commands;

/// <summary>Lists issued certificates, or gets those that are named. Expired and revoked ones are listed on request.</summary>
[Cmdlet(VerbsCommon.Get, "CaCertificate", DefaultParameterSetName = "List")]
[OutputType(typeof(CaCertificate))]
public sealed class GetCaCertificateCommand : CaCommand
{
    /// <summary>Exact common name, start of the serial number, or the object.</summary>
    [Parameter(ParameterSetName = "Identity", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>Only those of this authority.</summary>
    [Parameter(ParameterSetName = "List")]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>Only those that stand so.</summary>
    [Parameter(ParameterSetName = "List")]
    [ValidateNotNullOrEmpty]
    [NotNullArgument]
    public CertificateStatus[] Status { get; set; } = [];

    /// <summary>Expired ones too.</summary>
    [Parameter(ParameterSetName = "List")]
    [NotNullArgument]
    public SwitchParameter Expired { get; set; }

    /// <summary>Revoked ones too.</summary>
    [Parameter(ParameterSetName = "List")]
    [NotNullArgument]
    public SwitchParameter Revoked { get; set; }

    /// <summary>Only those issued under this profile.</summary>
    [Parameter(ParameterSetName = "List")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>Only those whose subject fits, with the wildcards * and ?.</summary>
    [Parameter(ParameterSetName = "List")]
    [SupportsWildcards]
    public string? Subject { get; set; }

    /// <summary>Only those with an alternative name that fits, with the wildcards * and ?.</summary>
    [Parameter(ParameterSetName = "List")]
    [Alias("SAN", "DnsName")]
    [SupportsWildcards]
    public string? SubjectAlternativeName { get; set; }

    /// <summary>Only those that end within so many days.</summary>
    [Parameter(ParameterSetName = "List")]
    [ValidateRange(0, 36500)]
    public int? ExpiringWithin { get; set; }

    /// <summary>Only those issued later.</summary>
    [Parameter(ParameterSetName = "List")]
    public DateTime? IssuedAfter { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            ForItem(identity, () => WriteObject(Engine.Certificates.Get(identity)));
        if (ParameterSetName != "List")
            return;
        ForItem(Authority, () =>
        {
            foreach (CaCertificate certificate in Engine.Certificates.List(ToFilter(), Cancellation))
                WriteObject(certificate);
        });
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
            Profile = Profile,
            Subject = Subject,
            SubjectAlternativeName = SubjectAlternativeName,
            ExpiringWithinDays = ExpiringWithin,
            IssuedAfter = IssuedAfter,
        };
    }
}

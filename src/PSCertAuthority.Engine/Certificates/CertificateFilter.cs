using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Certificates;

/// <summary>Which certificates to list; what is left out does not narrow.</summary>
public sealed record CertificateFilter
{
    /// <summary>Only those of this authority.</summary>
    public AuthorityIdentity? Authority { get; init; }

    /// <summary>Only those that stand so; empty for the valid and the suspended ones.</summary>
    public IReadOnlyList<CertificateStatus> Status { get; init; } = [];

    /// <summary>Only those issued under this profile, whatever the case.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether only those of authorities (former ones and cross-certificates), or only the others; null does not narrow.</summary>
    public bool? IsAuthority { get; init; }

    /// <summary>Only those whose subject fits; <c>*</c> and <c>?</c> are wildcards.</summary>
    public string? Subject { get; init; }

    /// <summary>Only those with an alternative name that fits, with its prefix or without; <c>*</c> and <c>?</c> are wildcards.</summary>
    public string? SubjectAlternativeName { get; init; }

    /// <summary>Only those that end within so many days, without those that a server replaces by itself.</summary>
    public int? ExpiringWithinDays { get; init; }

    /// <summary>Only those issued later than this; without a kind it is local time.</summary>
    public DateTime? IssuedAfter { get; init; }

    internal IReadOnlyList<CertificateStatus> WantedStatus =>
        Status.Count > 0 ? Status : [CertificateStatus.Valid, CertificateStatus.Suspended];

    internal bool Fits(CaCertificate certificate) => WantedStatus.Contains(certificate.Status) && FitsContents(certificate);

    /// <summary>Whether one that was named fits: it may stand in any way, unless <see cref="Status"/> says otherwise.</summary>
    internal bool FitsNamed(CaCertificate certificate, DateTime now) =>
        (Status.Count == 0 || Status.Contains(certificate.Status)) && FitsContents(certificate)
        && (ExpiringWithinDays is not { } days || certificate.NotAfter.ToUniversalTime() is var end && end > now && end <= now.AddDays(days));

    private bool FitsContents(CaCertificate certificate) =>
        !(ExpiringWithinDays is not null && certificate.IsServerManaged)
        && (IsAuthority is null || certificate.IsAuthority == IsAuthority)
        && (Profile is null || string.Equals(certificate.Profile, Profile, StringComparison.OrdinalIgnoreCase))
        && (Subject is null || Wildcard.Fits(certificate.Subject, Subject))
        && (IssuedAfter is not { } after || certificate.IssuedAt.ToUniversalTime() > after.ToUniversalTime())
        && (SubjectAlternativeName is not { } name
            || certificate.SubjectAlternativeName.Any(n => Wildcard.Fits(n.Value, name) || Wildcard.Fits(n.ToString(), name)));
}

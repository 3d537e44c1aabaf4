using System;
using System.Collections.Generic;

namespace PSCertAuthority.Certificates;

/// <summary>What somebody wants to see of a store at a glance.</summary>
public sealed record CaOverview
{
    /// <summary>When it was read; local time.</summary>
    public required DateTime At { get; init; }

    /// <summary>The valid and suspended certificates that end within 30 days, those that end first first; ten at most.</summary>
    public required IReadOnlyList<CaCertificate> EndSoon { get; init; }

    /// <summary>How many valid and suspended certificates end within 30 days.</summary>
    public required int EndSoonCount { get; init; }

    /// <summary>The certificates that the store took last, the last first; ten at most.</summary>
    public required IReadOnlyList<CaCertificate> RecentlyIssued { get; init; }

    /// <summary>The certificates that were revoked or suspended last and are on the coming CRLs, the last first; ten at most.</summary>
    public required IReadOnlyList<CaCertificate> RecentlyRevoked { get; init; }

    /// <summary>How many certificates stand how; every status has its number.</summary>
    public required IReadOnlyDictionary<CertificateStatus, int> Counts { get; init; }

    /// <summary>The authorities with their last CRLs, by name.</summary>
    public required IReadOnlyList<AuthorityHealth> Authorities { get; init; }
}

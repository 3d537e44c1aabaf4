using System;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Certificates;

/// <summary>An authority and how old its CRL is.</summary>
public sealed record AuthorityHealth
{
    /// <summary>Its name.</summary>
    public required string Authority { get; init; }

    /// <summary>Whether it can sign.</summary>
    public required AuthorityStatus Status { get; init; }

    /// <summary>When its certificate ends; local time.</summary>
    public required DateTime NotAfter { get; init; }

    /// <summary>Whether its private key is on this machine, at the place that the store names.</summary>
    public required bool HasKey { get; init; }

    /// <summary>The number of its last CRL; null before the first.</summary>
    public long? CrlNumber { get; init; }

    /// <summary>When its last CRL was made; null before the first. Local time.</summary>
    public DateTime? ThisUpdate { get; init; }

    /// <summary>When the next CRL is due; null before the first. Local time.</summary>
    public DateTime? NextUpdate { get; init; }

    /// <summary>Whether the next CRL should have come.</summary>
    public bool IsCrlOverdue { get; init; }
}

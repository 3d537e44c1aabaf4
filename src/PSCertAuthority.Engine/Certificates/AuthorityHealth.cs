using System;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Certificates;

/// <summary>An authority, how old its CRL is, and how long its OCSP responder can sign.</summary>
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

    /// <summary>
    /// When the newest valid certificate of its OCSP responder (profile <c>ocsp</c>) ends; where none is valid, when the last one ended; null where there
    /// was none. Local time.
    /// </summary>
    public DateTime? ResponderNotAfter { get; init; }

    /// <summary>
    /// Whether its responder needs a new certificate: the present one ends within a day, has ended, or is missing although certificates of the authority
    /// name a responder. A responder that runs replaces its own long before.
    /// </summary>
    public bool IsResponderDue { get; init; }
}

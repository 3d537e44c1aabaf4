using System;

namespace PSCertAuthority.Storage;

/// <summary>Which certificates to list. Times are UTC.</summary>
internal sealed record CertificateQuery
{
    /// <summary>Null for those of all authorities.</summary>
    public int? AuthorityId { get; init; }

    public CertificateStates States { get; init; } = CertificateStates.All;

    /// <summary>Only those that end later than this.</summary>
    public DateTime? EndsAfter { get; init; }

    /// <summary>Only those that end then or earlier.</summary>
    public DateTime? EndsUntil { get; init; }
}

using System;

namespace PSCertAuthority.Storage;

/// <summary>Which certificates to list. Both ends of the range of end dates belong to it.</summary>
internal sealed record CertificateQuery
{
    /// <summary>Null for all authorities, in the order of their numbers.</summary>
    public int? AuthorityId { get; init; }

    public CertificateStates States { get; init; } = CertificateStates.All;

    public DateTime? NotAfterFrom { get; init; }

    public DateTime? NotAfterTo { get; init; }

    /// <summary>Whether a certificate is one of them.</summary>
    public bool Fits(CertificateRecord record) =>
        (AuthorityId is null || record.AuthorityId == AuthorityId)
        && ((int)States & (1 << StatusKey.StateOf(record))) != 0
        && !(record.NotAfter < NotAfterFrom) && !(record.NotAfter > NotAfterTo);
}

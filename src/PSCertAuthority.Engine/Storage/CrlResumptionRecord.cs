using System;

namespace PSCertAuthority.Storage;

/// <summary>That a certificate which CRLs named was made valid again. Times are UTC, whole seconds.</summary>
/// <param name="AuthorityId">Whose certificate.</param>
/// <param name="SerialNumber">Which one.</param>
/// <param name="NotAfter">Its end; after it nobody asks.</param>
/// <param name="ResumedAt">When it was made valid again.</param>
/// <param name="IsAuthority">Whether it is an authority's.</param>
/// <param name="AddedAfter">The number of the last CRL that did not name it; null where that is not known.</param>
/// <param name="ResumedAfter">The number of the last CRL that may name it.</param>
internal sealed record CrlResumptionRecord(
    int AuthorityId, string SerialNumber, DateTime NotAfter, DateTime ResumedAt, bool IsAuthority, long? AddedAfter, long ResumedAfter)
{
    /// <summary>
    /// Whether who holds the CRL of that number, or one made after it, may have it as suspended (RFC 5280, section 5.2.4): it was on one of them,
    /// and left them later.
    /// </summary>
    public bool IsKnownTo(long baseNumber) => ResumedAfter >= baseNumber && (AddedAfter ?? -1) < ResumedAfter;
}

using System;

namespace PSCertAuthority.Storage;

/// <summary>
/// What an authority's next CRL says of one certificate (or subordinate authority): all that making a CRL needs to read.
/// </summary>
/// <param name="AuthorityId">Whose CRL.</param>
/// <param name="SerialNumber">Of which certificate.</param>
/// <param name="NotAfter">The certificate's end.</param>
/// <param name="Revocation">What is said of it.</param>
/// <param name="IsAuthority">Whether it is an authority's.</param>
/// <param name="AddedAfter">The number of the last CRL before it said so; null in stores from before deltas were known.</param>
internal sealed record CrlEntryRecord(
    int AuthorityId, string SerialNumber, DateTime NotAfter, RevocationRecord Revocation, bool IsAuthority = false, long? AddedAfter = null);

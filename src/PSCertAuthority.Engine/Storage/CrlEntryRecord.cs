using System;

namespace PSCertAuthority.Storage;

/// <summary>
/// What an authority's next CRL says of one certificate (or subordinate authority): all that making a CRL needs to read.
/// </summary>
internal sealed record CrlEntryRecord(int AuthorityId, string SerialNumber, DateTime NotAfter, RevocationRecord Revocation);

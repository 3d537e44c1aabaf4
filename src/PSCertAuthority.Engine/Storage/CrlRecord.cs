using System;

namespace PSCertAuthority.Storage;

/// <summary>That a CRL was made. Times are UTC, whole seconds.</summary>
internal sealed record CrlRecord(int AuthorityId, long Number, DateTime ThisUpdate, DateTime NextUpdate, int EntryCount);

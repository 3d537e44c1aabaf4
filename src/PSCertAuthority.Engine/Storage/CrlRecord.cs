using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>That a CRL was made. Times are UTC, whole seconds.</summary>
/// <param name="AuthorityId">Whose.</param>
/// <param name="Number">Its number.</param>
/// <param name="ThisUpdate">When it was made.</param>
/// <param name="NextUpdate">When the next one is due.</param>
/// <param name="EntryCount">How many certificates it names.</param>
/// <param name="BaseNumber">The number of the complete CRL that a delta follows; null for a complete one.</param>
/// <param name="Scope">What it is about, in words; empty for everything.</param>
internal sealed record CrlRecord(int AuthorityId, long Number, DateTime ThisUpdate, DateTime NextUpdate, int EntryCount, long? BaseNumber = null, string Scope = "")
{
    /// <summary>The authorities whose revocations it lists; empty in stores from before there was more than one.</summary>
    public IReadOnlyList<int> Covered { get; init; } = [];

    /// <summary>Whether it lists the revocations of that authority.</summary>
    public bool Covers(int authorityId) => Covered.Count == 0 ? authorityId == AuthorityId : Covered.Contains(authorityId);
}

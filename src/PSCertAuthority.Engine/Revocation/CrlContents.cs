using System;
using System.Collections.Generic;

namespace PSCertAuthority.Revocation;

/// <summary>What a CRL will say, read in one unit of work. Times are UTC, whole seconds.</summary>
/// <param name="Number">Its number.</param>
/// <param name="BaseNumber">The number of the complete CRL that a delta follows; null for a complete one.</param>
/// <param name="ThisUpdate">When it was read.</param>
/// <param name="Entries">What it names, in the order of the serial numbers, encoded.</param>
/// <param name="DeltaUrls">Where its deltas are published (freshestCRL); of a complete one of everything alone, as those deltas have its scope.</param>
internal sealed record CrlContents(long Number, long? BaseNumber, DateTime ThisUpdate, CrlEntryList Entries, IReadOnlyList<string> DeltaUrls)
{
    /// <summary>The authorities whose revocations it lists.</summary>
    public IReadOnlyList<int> Covered { get; init; } = [];
}

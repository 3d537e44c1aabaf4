using System.Collections.Generic;

namespace PSCertAuthority.Ocsp;

/// <summary>What has changed in a store since a position.</summary>
/// <param name="Position">Where the changes end.</param>
/// <param name="Certificates">The certificates that were issued, revoked or resumed, as they stand now.</param>
/// <param name="Authorities">Whether authorities have changed.</param>
/// <param name="Everything">Whether so much may have changed that all has to be read anew.</param>
internal sealed record StatusChanges(FeedPosition Position, IReadOnlyList<SerialState> Certificates, bool Authorities, bool Everything);

/// <summary>A place in the history of a store: the last group of audit records that was seen.</summary>
/// <param name="First">The number of its first record; 0 before the first of all.</param>
/// <param name="Hash">Its hash, which no other history has; empty before the first.</param>
internal sealed record FeedPosition(long First, byte[] Hash)
{
    public static FeedPosition Beginning { get; } = new(0, []);
}

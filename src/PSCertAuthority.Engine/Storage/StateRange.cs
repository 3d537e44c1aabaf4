namespace PSCertAuthority.Storage;

/// <summary>A state of <see cref="StatusKey"/>, and a range of ends in seconds, the last excluded.</summary>
internal readonly record struct StateRange(byte State, long From, long End)
{
    /// <summary>Above the year 9999, so that as an end it excludes nothing.</summary>
    public const long Never = (1L << 48) - 1;

    /// <summary>Its keys of an authority.</summary>
    public (byte[] From, byte[] To) Of(int authorityId) => (StatusKey.Bound(authorityId, State, From), StatusKey.Bound(authorityId, State, End));
}

using System;

namespace PSCertAuthority.Storage;

/// <summary>Times as the store keeps them: whole seconds since the year 1, UTC. LiteDB's own dates lose their zone.</summary>
internal static class StoreTime
{
    /// <summary>Whole seconds; a local time is converted, an unspecified one is taken for UTC.</summary>
    public static long ToSeconds(DateTime time) =>
        (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks / TimeSpan.TicksPerSecond;

    /// <summary>The UTC time of <see cref="ToSeconds"/>.</summary>
    public static DateTime FromSeconds(long seconds) => new(seconds * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
}

using System;

namespace PSCertAuthority;

/// <summary>Times as certificates and the store know them: UTC, whole seconds.</summary>
internal static class Clock
{
    public static DateTime GetUtcSecond(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime.TruncateToSecond();

    public static DateTime TruncateToSecond(this DateTime time) =>
        new(time.Ticks - time.Ticks % TimeSpan.TicksPerSecond, time.Kind);

    /// <summary>What users see: <see cref="DateTime"/> values in local time, comparable with Get-Date.</summary>
    public static DateTime ToDisplayed(this DateTime utc) => DateTime.SpecifyKind(utc, DateTimeKind.Utc).ToLocalTime();

    /// <summary>What users gave: unspecified kinds are taken as local time, as PowerShell does.</summary>
    public static DateTime ToStored(this DateTime given) => given.ToUniversalTime().TruncateToSecond();
}

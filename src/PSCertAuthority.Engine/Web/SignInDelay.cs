using System;

namespace PSCertAuthority.Web;

/// <summary>How long no password is tried after failures: a delay that doubles, so that guessing takes for ever and a forgetful person waits a little.</summary>
internal static class SignInDelay
{
    public const int FreeFailures = 5;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The delay after so many failures in a row; null for none.</summary>
    public static TimeSpan? After(int failures)
    {
        if (failures < FreeFailures)
            return null;
        int doublings = Math.Min(failures - FreeFailures, 16);
        var delay = TimeSpan.FromTicks(First.Ticks << doublings);
        return delay < Longest ? delay : Longest;
    }
}

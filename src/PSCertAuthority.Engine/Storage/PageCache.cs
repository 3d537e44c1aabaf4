using System.Reflection;
using LiteDB.Engine;

namespace PSCertAuthority.Storage;

/// <summary>The pages that LiteDB keeps in memory.</summary>
/// <remarks>
/// LiteDB 5.0.20 takes memory for 12, 50, 100, 500 and then 1000 pages at once, and uses pages again that nobody reads any more only when they are more than
/// it would take next. A unit of work is short: with such steps each one ends with 13 MB of large objects, whose collection took a seventh of a listing's time.
/// </remarks>
internal static class PageCache
{
    private const int LargestStep = 250;

    /// <summary>Has it take smaller steps. A LiteDB that has no such steps is left as it is.</summary>
    public static void KeepSmall()
    {
        if (typeof(LiteEngine).Assembly.GetType("LiteDB.Constants")?.GetField("MEMORY_SEGMENT_SIZES", BindingFlags.Static | BindingFlags.Public)?.GetValue(null) is not int[] steps)
            return;
        for (int i = 0; i < steps.Length; i++)
            steps[i] = System.Math.Min(steps[i], LargestStep);
    }
}

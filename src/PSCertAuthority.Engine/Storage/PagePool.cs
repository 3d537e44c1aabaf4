using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>The memory of pages that units of work have done with, for those that come: one that writes takes megabytes of it, and is followed by the next.</summary>
internal static class PagePool
{
    private const int MostPages = 8192;

    // A full collection takes what no unit holds: a session that has nothing to do keeps nothing.
    private static readonly WeakReference<ConcurrentBag<byte[]>> Pages = new([]);

    /// <summary>A page; what is in it is left from another.</summary>
    public static byte[] Rent() => Pages.TryGetTarget(out ConcurrentBag<byte[]>? pages) && pages.TryTake(out byte[]? page) ? page : new byte[PageOverlay.PageSize];

    /// <summary>Gives pages back, which nobody uses any more.</summary>
    public static void Return(IEnumerable<byte[]> returned)
    {
        if (!Pages.TryGetTarget(out ConcurrentBag<byte[]>? pages))
            Pages.SetTarget(pages = []);
        int room = MostPages - pages.Count;
        foreach (byte[] page in returned)
        {
            if (room-- > 0) pages.Add(page);
        }
    }
}

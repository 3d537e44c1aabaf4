using System;
using System.Collections.Generic;
using System.Threading;

namespace PSCertAuthority.Storage;

/// <summary>Stores many items in one transaction. Where one of them prevents that, the others are stored in smaller ones, and it alone fails.</summary>
internal static class BatchCommit
{
    /// <param name="items">What is stored, in order.</param>
    /// <param name="store">Stores some of them in one transaction: all, or none and throws.</param>
    /// <param name="deliver">Takes items whose turn it is, with the exception that they failed with; null where they are stored. Gives whether to go on.</param>
    /// <param name="cancellation">Gives up; what is thrown then passes through.</param>
    /// <returns>Whether to go on.</returns>
    public static bool Run<T>(IReadOnlyList<T> items, Action<IReadOnlyList<T>> store, Func<IReadOnlyList<T>, CaException?, bool> deliver, CancellationToken cancellation)
    {
        CaException? failure = null;
        try
        {
            store(items);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            failure = CaInternalException.From(exception);
        }

        // What is wrong with the store itself is wrong for every item, and each might wait as long for it.
        if (failure is null or CaStoreException { ConcernsStore: true } || items.Count == 1) return deliver(items, failure);
        int half = items.Count / 2;
        return Run(Part(items, 0, half), store, deliver, cancellation) && Run(Part(items, half, items.Count - half), store, deliver, cancellation);
    }

    private static List<T> Part<T>(IReadOnlyList<T> items, int start, int count)
    {
        var part = new List<T>(count);
        for (int i = 0; i < count; i++) part.Add(items[start + i]);
        return part;
    }
}

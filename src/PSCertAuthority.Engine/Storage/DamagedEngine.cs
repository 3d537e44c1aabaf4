using System;
using System.Collections;
using System.Reflection;
using LiteDB.Engine;

namespace PSCertAuthority.Storage;

/// <summary>Closes LiteDB after it met damaged pages.</summary>
/// <remarks>
/// LiteDB 5.0.20 then fails to end its transactions, and their finalizers throw once more, which would end the whole process of the user.
/// So the finalizers are taken off first. What the transactions hold is memory alone: the files are ours.
/// </remarks>
internal static class DamagedEngine
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    public static void Close(LiteEngine engine)
    {
        object? monitor = typeof(LiteEngine).GetField("_monitor", Hidden)?.GetValue(engine);
        if (monitor?.GetType().GetField("_transactions", Hidden)?.GetValue(monitor) is IDictionary transactions)
        {
#pragma warning disable CA1816 // The objects are LiteDB's, and it leaves them behind.
            foreach (object transaction in transactions.Values) GC.SuppressFinalize(transaction);
#pragma warning restore CA1816
        }

        try
        {
            engine.Dispose();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The failure that brought us here is on its way; that closing fails too says nothing new.
        }
    }
}

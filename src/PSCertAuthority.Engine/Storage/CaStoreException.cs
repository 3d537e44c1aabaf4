using System;

namespace PSCertAuthority.Storage;

/// <summary>The store, or a file that belongs to it, could not be read or written. Made by <see cref="StoreErrors"/> alone.</summary>
public sealed class CaStoreException : CaException
{
    internal CaStoreException(string errorId, CaErrorCategory category, string message, object? target, Exception? innerException)
        : base(errorId, category, message, target, innerException)
    {
    }

    /// <summary>Whether the store as a whole cannot be used now, whatever is to be done in it.</summary>
    internal bool ConcernsStore { get; init; }
}

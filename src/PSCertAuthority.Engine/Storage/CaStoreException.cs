using System;

namespace PSCertAuthority.Storage;

/// <summary>The store, or a file beside it, could not be read or written.</summary>
public sealed class CaStoreException : CaException
{
    internal CaStoreException(string errorId, CaErrorCategory category, string message, object? target, Exception? innerException = null)
        : base(errorId, category, message, target, innerException)
    {
    }
}

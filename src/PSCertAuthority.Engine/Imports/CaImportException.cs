using System;

namespace PSCertAuthority.Imports;

/// <summary>Something made elsewhere cannot be taken over; nothing has changed.</summary>
public sealed class CaImportException : CaException
{
    internal CaImportException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause = null)
        : base(errorId, category, message, target, cause)
    {
    }
}

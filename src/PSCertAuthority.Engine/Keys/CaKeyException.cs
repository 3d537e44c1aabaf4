using System;

namespace PSCertAuthority.Keys;

/// <summary>A key is weak, missing, of the wrong kind, or could not be read.</summary>
public sealed class CaKeyException : CaException
{
    internal CaKeyException(
        string errorId, CaErrorCategory category, string message, object? target, Exception? innerException = null)
        : base(errorId, category, message, target, innerException)
    {
    }
}

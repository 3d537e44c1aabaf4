using System;

namespace PSCertAuthority.Names;

/// <summary>A subject or a general name is not what it should be.</summary>
public sealed class CaNameException : CaException
{
    internal CaNameException(string errorId, CaErrorCategory category, string message, object? target, Exception? innerException = null)
        : base(errorId, category, message, target, innerException)
    {
    }
}

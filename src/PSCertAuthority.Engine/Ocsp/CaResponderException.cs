using System;

namespace PSCertAuthority.Ocsp;

/// <summary>A responder cannot be started, asked or served.</summary>
public sealed class CaResponderException : CaException
{
    internal CaResponderException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause = null)
        : base(errorId, category, message, target, cause)
    {
    }
}

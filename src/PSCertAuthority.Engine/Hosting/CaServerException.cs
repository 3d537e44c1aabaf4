using System;

namespace PSCertAuthority.Hosting;

/// <summary>A server program cannot be started, found or stopped.</summary>
public sealed class CaServerException : CaException
{
    internal CaServerException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause = null)
        : base(errorId, category, message, target, cause)
    {
    }
}

using System;

namespace PSCertAuthority.Revocation;

/// <summary>A CRL cannot be made as asked.</summary>
public sealed class CaCrlException : CaException
{
    internal CaCrlException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause = null)
        : base(errorId, category, message, target, cause)
    {
    }
}

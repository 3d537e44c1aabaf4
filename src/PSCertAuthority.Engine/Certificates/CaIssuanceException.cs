using System;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate cannot be issued as asked.</summary>
public sealed class CaIssuanceException : CaException
{
    internal CaIssuanceException(
        string errorId, CaErrorCategory category, string message, object? target, Exception? innerException = null)
        : base(errorId, category, message, target, innerException)
    {
    }
}

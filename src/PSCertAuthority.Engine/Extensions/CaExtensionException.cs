using System;

namespace PSCertAuthority.Extensions;

/// <summary>An extension of a certificate cannot be written as asked, or a file holds no certificate to read one from.</summary>
public sealed class CaExtensionException : CaException
{
    internal CaExtensionException(string errorId, CaErrorCategory category, string message, object? target, Exception? innerException = null)
        : base(errorId, category, message, target, innerException)
    {
    }
}

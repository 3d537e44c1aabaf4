namespace PSCertAuthority.Revocation;

/// <summary>A CRL cannot be made as asked.</summary>
public sealed class CaCrlException : CaException
{
    internal CaCrlException(string errorId, CaErrorCategory category, string message, object? target)
        : base(errorId, category, message, target, null)
    {
    }
}

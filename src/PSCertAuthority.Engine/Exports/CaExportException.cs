namespace PSCertAuthority.Exports;

/// <summary>Something cannot be exported as asked.</summary>
public sealed class CaExportException : CaException
{
    internal CaExportException(string errorId, CaErrorCategory category, string message, object? target)
        : base(errorId, category, message, target, null)
    {
    }
}

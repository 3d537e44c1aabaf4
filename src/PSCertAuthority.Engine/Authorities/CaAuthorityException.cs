namespace PSCertAuthority.Authorities;

/// <summary>An authority is unknown, ambiguous, or may not do what was asked.</summary>
public sealed class CaAuthorityException : CaException
{
    internal CaAuthorityException(string errorId, CaErrorCategory category, string message, object? target)
        : base(errorId, category, message, target, null)
    {
    }
}

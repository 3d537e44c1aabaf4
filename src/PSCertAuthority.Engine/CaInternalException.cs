using System;

namespace PSCertAuthority;

/// <summary>A fault of this program, not of what it was given: something was thrown that nobody expected.</summary>
public sealed class CaInternalException : CaException
{
    private CaInternalException(Exception cause)
        : base(
            "InternalError", CaErrorCategory.InvalidOperation,
            $"This is a fault of PSCertAuthority: {cause.GetType().Name}: {cause.Message} Nothing of this item was stored. Please report it; Get-Error shows where it happened.",
            null, cause)
    {
    }

    /// <summary>The exception itself where it says what was wrong; else one that says that it was not expected.</summary>
    /// <param name="exception">What was thrown.</param>
    public static CaException From(Exception exception) => exception as CaException ?? new CaInternalException(exception);
}

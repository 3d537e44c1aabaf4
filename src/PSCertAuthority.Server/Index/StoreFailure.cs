using System;

namespace PSCertAuthority.Server.Index;

/// <summary>Why the store cannot be followed at present.</summary>
/// <param name="ErrorId">The id of the error, or what a fault of the program is called.</param>
/// <param name="Since">When that began; UTC.</param>
/// <param name="Error">The error itself; null for a fault of the program.</param>
internal sealed record StoreFailure(string ErrorId, DateTime Since, CaException? Error)
{
    /// <summary>Whether waiting a moment does not help: there is no store to begin with. Others that hold it will let go.</summary>
    public bool EndsStart => Error is not null && ErrorId != "StoreLocked";
}

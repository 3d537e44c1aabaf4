using System;

namespace PSCertAuthority.Maintenance;

/// <summary>A store cannot be backed up or restored as asked.</summary>
public sealed class CaMaintenanceException : CaException
{
    internal CaMaintenanceException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause)
        : base(errorId, category, message, target, cause)
    {
    }
}

using System;

namespace PSCertAuthority.Notifications;

/// <summary>A watcher or a notice is not possible.</summary>
public sealed class CaNotificationException : CaException
{
    internal CaNotificationException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause)
        : base(errorId, category, message, target, cause)
    {
    }
}

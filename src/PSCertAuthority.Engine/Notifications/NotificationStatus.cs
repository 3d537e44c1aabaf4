namespace PSCertAuthority.Notifications;

/// <summary>What became of a message to a watcher.</summary>
public enum NotificationStatus
{
    /// <summary>It is due and was not sent.</summary>
    WouldSend,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Another run is sending it, or was ended while it did so and holds it for some minutes more.</summary>
    LeftToOtherRun,
}

using System;
using System.Globalization;

namespace PSCertAuthority.Notifications;

/// <summary>A notice that a watcher got of a certificate.</summary>
public sealed class CaNotice
{
    internal CaNotice(int day, DateTime sentAt)
    {
        NotificationDay = day;
        SentAt = sentAt.ToDisplayed();
    }

    /// <summary>The day mark it was for: so many days before the end.</summary>
    public int NotificationDay { get; }

    /// <summary>When the mail server took it; local time.</summary>
    public DateTime SentAt { get; }

    /// <summary>Mark and date.</summary>
    public override string ToString() =>
        $"{NotificationDay.ToString(CultureInfo.InvariantCulture)} ({SentAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";
}

using System;
using System.Collections.Generic;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;

namespace PSCertAuthority.Notifications;

/// <summary>A certificate that a watcher is told of.</summary>
public sealed class ExpiringCertificate
{
    internal ExpiringCertificate(CaCertificate certificate, int daysLeft, int notificationDay)
    {
        Certificate = certificate;
        DaysLeft = daysLeft;
        NotificationDay = notificationDay;
    }

    /// <summary>The serial number, as <c>75:BC:D1</c>.</summary>
    public string SerialNumber => Certificate.SerialNumber;

    /// <summary>The subject in OpenSSL's style.</summary>
    public string Subject => Certificate.Subject;

    /// <summary>The subject alternative names.</summary>
    public IReadOnlyList<GeneralName> SubjectAlternativeName => Certificate.SubjectAlternativeName;

    /// <summary>The name of the authority that issued it.</summary>
    public string Authority => Certificate.Authority;

    /// <summary>Valid, or Suspended.</summary>
    public CertificateStatus Status => Certificate.Status;

    /// <summary>Until when it is valid; local time.</summary>
    public DateTime NotAfter => Certificate.NotAfter;

    /// <summary>How many days of the calendar are left; 0 on the day of the end.</summary>
    public int DaysLeft { get; }

    /// <summary>The day mark that it is at: the smallest of NotificationDays that is not below <see cref="DaysLeft"/>.</summary>
    public int NotificationDay { get; }

    internal CaCertificate Certificate { get; }

    /// <summary>Serial number and subject.</summary>
    public override string ToString() => $"{SerialNumber} {Subject}";
}

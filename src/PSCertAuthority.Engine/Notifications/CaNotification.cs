using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Notifications;

/// <summary>The one message that a watcher gets in a run.</summary>
public sealed class CaNotification
{
    internal CaNotification(MailAddress watcher, IReadOnlyList<ExpiringCertificate> certificates, NotificationStatus status, DateTime? sentAt = null)
    {
        Recipient = watcher;
        Certificates = certificates;
        Status = status;
        SentAt = sentAt?.ToDisplayed();
    }

    /// <summary>Who is told: name and address, or the address alone.</summary>
    public string Watcher => Recipient.ToString();

    /// <summary>The address alone.</summary>
    public string Address => Recipient.Address;

    /// <summary>The certificates that it is about, the first to end first; one at least.</summary>
    public IReadOnlyList<ExpiringCertificate> Certificates { get; }

    /// <summary>The most urgent day mark among them.</summary>
    public int NotificationDay => Certificates.Min(certificate => certificate.NotificationDay);

    /// <summary>What became of it.</summary>
    public NotificationStatus Status { get; }

    /// <summary>When the mail server took it; local time, null while it did not.</summary>
    public DateTime? SentAt { get; }

    /// <summary>The certificates on one line.</summary>
    public string Contents => Certificates.Count == 1
        ? $"the certificate {Certificates[0]}"
        : $"{Certificates.Count} certificates ({string.Join(", ", Certificates)})";

    internal MailAddress Recipient { get; }

    /// <summary>Watcher and certificates.</summary>
    public override string ToString() => $"{Watcher}: {Contents}";

    internal CaNotification With(IReadOnlyList<ExpiringCertificate> certificates) => new(Recipient, certificates, Status);

    internal CaNotification As(NotificationStatus status, DateTime? sentAt = null) => new(Recipient, Certificates, status, sentAt);
}

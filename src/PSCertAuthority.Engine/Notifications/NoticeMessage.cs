using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Text;

namespace PSCertAuthority.Notifications;

/// <summary>A notice as a message (RFC 5322) with a part of plain text and one of HTML that say the same.</summary>
internal sealed class NoticeMessage(CaNotification notification, MailAddress sender, Guid? storeId, TimeProvider clock)
{
    /// <summary>Always the same, so that mail rules can sort by it.</summary>
    public const string Subject = "Certificates that end soon";

    public MimeMessage ToMime()
    {
        var contents = new NoticeContents(notification, clock.LocalTimeZone);
        var message = new MimeMessage
        {
            Subject = Subject,
            Date = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), clock.LocalTimeZone),
            MessageId = ComputeId(),
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = contents.ToText() },
                new TextPart(TextFormat.Html) { Text = contents.ToHtml() }),
        };
        message.From.Add(ToMailbox(sender));
        message.To.Add(ToMailbox(notification.Recipient));
        // RFC 3834, section 5, and what keeps Exchange from answering that people are away.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        return message;
    }

    private static MailboxAddress ToMailbox(MailAddress address) => new(Encoding.UTF8, address.Name, address.Address);

    /// <summary>The same for the same news to the same watcher, so that mail systems recognise what had to be sent a second time.</summary>
    private string ComputeId()
    {
        string news = string.Join("\n", notification.Certificates
            .Select(c => FormattableString.Invariant($"{c.Certificate.StoredSerialNumber}/{c.Certificate.AuthorityId} {c.NotificationDay}"))
            .OrderBy(line => line, StringComparer.Ordinal));
        using var algorithm = SHA256.Create();
        byte[] digest = algorithm.ComputeHash(Encoding.UTF8.GetBytes($"{storeId}\n{notification.Address.ToLowerInvariant()}\n{news}"));
        string local = string.Concat(digest.Take(16).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
        return $"{local}@{sender.Address.Split('@')[1]}";
    }
}

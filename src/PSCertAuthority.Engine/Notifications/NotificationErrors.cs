using System;
using System.Collections.Generic;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>Every failure of watchers and mail, each with its id; those of the mail server get theirs from <see cref="MailFaults"/>.</summary>
internal static class NotificationErrors
{
    public static CaNotificationException AddressInvalid(string text, Exception? cause = null) => new(
        "MailAddressInvalid", CaErrorCategory.InvalidArgument,
        $"'{text}' is no address of e-mail. Give one such as ann@example.com or 'Ann Example <ann@example.com>'.", text, cause);

    public static CaNotificationException WatcherNotFound(MailAddress watcher, CertificateRecord record) => new(
        "WatcherNotFound", CaErrorCategory.ObjectNotFound,
        $"'{watcher.Address}' does not watch the certificate {record.AuditName}. "
        + (record.Watchers.Count == 0 ? "Nobody does." : $"Its watchers are {string.Join(", ", record.Watchers)}."), watcher.ToString(), null);

    public static CaNotificationException NotConfigured(IReadOnlyList<string> missing) => new(
        "MailNotConfigured", CaErrorCategory.InvalidOperation,
        $"No notice can be sent, since it is not set {string.Join(" and ", missing)}.", null, null);

    public static CaNotificationException PasswordUnprotected(string server) => new(
        "MailPasswordUnprotected", CaErrorCategory.PermissionDenied,
        $"The password would go to the mail server '{server}' readable for everybody on the way, since MailSecurity is None. "
        + "Protect the connection with Set-CaSetting MailSecurity StartTls, or send without an account: Set-CaSetting MailCredential -Reset.", server, null);

    public static CaNotificationException NotTold(CaNotification notification, MailFault fault) => new(
        fault.ErrorId, fault.Category, $"{notification.Watcher} was not told of {notification.Contents}: {fault.Why}", notification.Watcher, fault.Cause);

    public static CaNotificationException NotRecorded(CaNotification notification, TimeSpan lease, CaException cause) => new(
        "NotificationNotRecorded", CaErrorCategory.WriteError,
        $"{notification.Watcher} was told of {notification.Contents}, but the store could not record it: {cause.Message} "
        + $"A run later than {Math.Ceiling(lease.TotalMinutes)} minutes from now would send the same message again.", notification.Watcher, cause);
}

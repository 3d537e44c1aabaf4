using System;

namespace PSCertAuthority.Notifications;

/// <summary>Every failure of watchers and mail, each with its id.</summary>
internal static class NotificationErrors
{
    public static CaNotificationException AddressInvalid(string text, Exception? cause = null) => new(
        "MailAddressInvalid", CaErrorCategory.InvalidArgument,
        $"'{text}' is no address of e-mail. Give one such as ann@example.com or 'Ann Example <ann@example.com>'.", text, cause);
}

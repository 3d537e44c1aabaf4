using System;
using System.Collections.Generic;
using System.Net;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Notifications;

/// <summary>The mail settings, found to be complete.</summary>
/// <param name="Server">The host name or address of the SMTP server.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is protected.</param>
/// <param name="Credential">Account and password; null to send without.</param>
/// <param name="Sender">Who the notices come from.</param>
internal sealed record MailConfiguration(string Server, int Port, MailSecurity Security, NetworkCredential? Credential, MailAddress Sender)
{
    /// <summary>How messages name the server.</summary>
    public string Endpoint => $"{Server}:{Port}";

    /// <exception cref="CaNotificationException"><c>MailNotConfigured</c> or <c>MailPasswordUnprotected</c>.</exception>
    /// <exception cref="CaSettingException"><c>SettingSecretUnreadable</c>.</exception>
    public static MailConfiguration Read(CaSettings settings, Func<CaSettings, NetworkCredential?> readCredential)
    {
        List<string> missing = [];
        if (settings.MailServer is null)
            missing.Add("which server takes it (Set-CaSetting MailServer smtp.example.com)");
        if (settings.MailSender is null)
            missing.Add("who it comes from (Set-CaSetting MailSender 'Certificate authority <ca@example.com>')");
        if (missing.Count > 0)
            throw NotificationErrors.NotConfigured(missing);
        if (settings.MailSecurity == MailSecurity.None && settings.MailCredential is not null)
            throw NotificationErrors.PasswordUnprotected(settings.MailServer!);
        return new MailConfiguration(
            settings.MailServer!, settings.MailPort, settings.MailSecurity, readCredential(settings), MailAddress.Parse(settings.MailSender!));
    }
}

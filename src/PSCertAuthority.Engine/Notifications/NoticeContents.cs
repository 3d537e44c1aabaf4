using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace PSCertAuthority.Notifications;

/// <summary>What a notice says, as plain text and as HTML. Whatever comes out of certificates is cleaned, and escaped in HTML.</summary>
internal sealed class NoticeContents(CaNotification notification, TimeZoneInfo zone)
{
    private string Opening => notification.Certificates.Count == 1
        ? "A certificate that you watch ends soon. Please see to it that it is renewed, or no longer needed."
        : $"{notification.Certificates.Count} certificates that you watch end soon. Please see to it that they are renewed, or no longer needed.";

    private static string Closing => "You get this message because you are a watcher of what is listed above. Those who run the certificate authority can change that.";

    public string ToText()
    {
        var text = new StringBuilder(Opening).Append("\r\n");
        foreach (ExpiringCertificate certificate in notification.Certificates)
        {
            text.Append("\r\n").Append(MailText.Clean(certificate.Subject)).Append("\r\n");
            foreach ((string label, string value) in Lines(certificate))
                text.Append("  ").Append(label.PadRight(11)).Append(value).Append("\r\n");
        }

        return text.Append("\r\n").Append(Closing).Append("\r\n").ToString();
    }

    public string ToHtml()
    {
        var html = new StringBuilder("<!DOCTYPE html>\r\n<html lang=\"en\">\r\n<head><meta charset=\"utf-8\"><title>")
            .Append(NoticeMessage.Subject).Append("</title></head>\r\n<body>\r\n<p>").Append(Opening).Append("</p>\r\n");
        foreach (ExpiringCertificate certificate in notification.Certificates)
        {
            html.Append("<h3>").Append(Escape(MailText.Clean(certificate.Subject))).Append("</h3>\r\n<table>\r\n");
            foreach ((string label, string value) in Lines(certificate))
                html.Append("<tr><td>").Append(label).Append("</td><td>").Append(Escape(value)).Append("</td></tr>\r\n");
            html.Append("</table>\r\n");
        }

        return html.Append("<p>").Append(Closing).Append("</p>\r\n</body>\r\n</html>\r\n").ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private IEnumerable<(string Label, string Value)> Lines(ExpiringCertificate certificate)
    {
        yield return ("Ends", $"{In(certificate.DaysLeft)}, {Date(certificate.NotAfter)}");
        if (certificate.SubjectAlternativeName.Count > 0)
            yield return ("Names", MailText.Clean(string.Join(", ", certificate.SubjectAlternativeName.Select(name => name.ToString()))));
        yield return ("Serial", certificate.SerialNumber);
        yield return ("Authority", MailText.Clean(certificate.Authority));
        if (certificate.Status != Certificates.CertificateStatus.Valid)
            yield return ("Status", certificate.Status.ToString());
    }

    private static string In(int days) => days switch
    {
        0 => "today",
        1 => "tomorrow",
        _ => $"in {days.ToString(CultureInfo.InvariantCulture)} days",
    };

    /// <summary>With the difference to UTC: the reader may live elsewhere.</summary>
    private string Date(DateTime local) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(local), zone).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}

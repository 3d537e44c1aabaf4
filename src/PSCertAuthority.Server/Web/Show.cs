using System;
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Server.Web;

/// <summary>How pages write times, states and numbers. All text goes through the encoder.</summary>
internal static class Show
{
    private const double DaysOfYear = 365.25;
    private const double DaysOfMonth = DaysOfYear / 12;

    /// <summary>A moment in UTC, to the minute.</summary>
    public static IHtmlContent Time(DateTime moment)
    {
        DateTime utc = moment.ToUniversalTime();
        string text = utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return Html($"<time datetime=\"{utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\">{text}</time>");
    }

    /// <summary>A moment, or a dash.</summary>
    public static IHtmlContent Time(DateTime? moment) => moment is { } known ? Time(known) : Html("–");

    /// <summary>A day in UTC.</summary>
    public static IHtmlContent Day(DateTime moment)
    {
        DateTime utc = moment.ToUniversalTime();
        return Html($"<time datetime=\"{utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\">{utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</time>");
    }

    /// <summary>How far away a moment is, in words.</summary>
    public static string Away(DateTime moment)
    {
        TimeSpan away = moment.ToUniversalTime() - DateTime.UtcNow;
        string size = Size(away.Duration());
        return away < TimeSpan.Zero ? $"{size} ago" : $"in {size}";
    }

    /// <summary>When something ends or ended, in words.</summary>
    public static string Ends(DateTime moment) => $"{(moment.ToUniversalTime() < DateTime.UtcNow ? "ended" : "ends")} {Away(moment)}";

    /// <summary>A state, which its words tell and its colour underlines.</summary>
    public static IHtmlContent Status(Enum status) => Html($"<span class=\"status {HtmlEncoder.Default.Encode(status.ToString().ToLowerInvariant())}\">{HtmlEncoder.Default.Encode(status.ToString())}</span>");

    /// <summary>A name, serial number or address without spaces: a line breaks before a slash or after a colon rather than within a word.</summary>
    public static IHtmlContent Long(string text) =>
        Html(HtmlEncoder.Default.Encode(text).Replace("/", "<wbr>/", StringComparison.Ordinal).Replace(":", ":<wbr>", StringComparison.Ordinal));

    /// <summary>A message that may begin with the name of what it is about.</summary>
    public static string Sentence(string message) => message.Length > 0 ? char.ToUpperInvariant(message[0]) + message[1..] : message;

    /// <summary>A reason in words.</summary>
    public static string Words(RevocationReason reason) => reason switch
    {
        RevocationReason.Unspecified => "Unspecified",
        RevocationReason.KeyCompromise => "The key is in other hands",
        RevocationReason.CACompromise => "The authority's key is in other hands",
        RevocationReason.AffiliationChanged => "Name or affiliation changed",
        RevocationReason.Superseded => "Replaced by another certificate",
        RevocationReason.CessationOfOperation => "No longer needed",
        RevocationReason.CertificateHold => "Suspended",
        RevocationReason.PrivilegeWithdrawn => "Right withdrawn",
        RevocationReason.AACompromise => "The attribute authority's key is in other hands",
        _ => reason.ToString(),
    };

    /// <summary>A count with its noun.</summary>
    public static string Count(long number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    /// <summary>A serial number as it stands in addresses.</summary>
    public static string Plain(string serialNumber) => serialNumber.Replace(":", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    private static string Size(TimeSpan size) => size switch
    {
        { TotalDays: >= 2 * DaysOfYear } => $"{(int)(size.TotalDays / DaysOfYear)} years",
        { TotalDays: >= 2 * DaysOfMonth } => $"{(int)(size.TotalDays / DaysOfMonth)} months",
        { TotalDays: >= 2 } => $"{(int)size.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)size.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{(int)size.TotalMinutes} minutes",
        _ => "a minute",
    };

    private static HtmlString Html(string markup) => new(markup);
}

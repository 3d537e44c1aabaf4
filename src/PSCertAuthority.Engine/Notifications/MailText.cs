using System.Globalization;
using System.Linq;

namespace PSCertAuthority.Notifications;

/// <summary>Text from certificates and servers as it may be shown in mail.</summary>
internal static class MailText
{
    /// <summary>The text on one line, with what could move or hide other text made visible: control characters and those that turn the direction.</summary>
    public static string Clean(string text) => new([.. text.Select(c => IsPlain(c) ? c : '\uFFFD')]);

    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && c is not (>= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069');
}

using System.Linq;
using System.Text;

namespace PSCertAuthority.Encodings;

/// <summary>Text for people that steers no terminal: what strangers wrote into certificates comes with escape sequences, too.</summary>
internal static class PrintableText
{
    /// <summary>The text with each control character as the hexadecimal octets of its UTF-8, as RFC 4514, section 2.4, writes them: <c>\1B</c>.</summary>
    public static string Escape(string text) => Escape(text, keepsLines: false);

    /// <summary>The same, except that lines stay lines and tabs stay tabs.</summary>
    public static string EscapeLines(string text) => Escape(text, keepsLines: true);

    private static string Escape(string text, bool keepsLines)
    {
        if (!text.Any(c => IsEscaped(c, keepsLines)))
            return text;
        var printable = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!IsEscaped(c, keepsLines))
                printable.Append(c);
            else
                printable.Append(string.Concat(Encoding.UTF8.GetBytes(c.ToString()).Select(octet => $"\\{octet:X2}")));
        }

        return printable.ToString();
    }

    private static bool IsEscaped(char c, bool keepsLines) => c < '\u0080'
        ? char.IsControl(c) && (!keepsLines || c is not ('\r' or '\n' or '\t'))
        : UnicodeText.IsInvisible(c);
}

using System.Globalization;
using System.Text;

namespace PSCertAuthority.Encodings;

/// <summary>Text that UTF-8 can write: each half of a surrogate pair has its other half (RFC 3629, section 3). Whoever takes text asks here, wherever it comes from.</summary>
internal static class UnicodeText
{
    /// <summary>What is wrong with text that is not well-formed, for errors.</summary>
    public const string Fault = "it contains half a surrogate pair, which is no character";

    /// <summary>Whether a character steers a terminal, reverses the direction in which a line is read, breaks it, or cannot be seen at all.</summary>
    public static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    public static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i)) return false;
            i++;
        }

        return true;
    }

    /// <summary>The text with U+FFFD in the place of what is no character: for records of what was given, and for messages.</summary>
    public static string Repair(string text)
    {
        if (IsWellFormed(text)) return text;
        var repaired = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i)) repaired.Append(text[i++]).Append(text[i]);
            else repaired.Append(char.IsSurrogate(text[i]) ? '\uFFFD' : text[i]);
        }

        return repaired.ToString();
    }
}

using System;
using System.Linq;
using System.Text;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Exports;

/// <summary>
/// Makes any text a file name that Windows and Linux both take, on either system, so that a folder can be copied from one to the other.
/// </summary>
internal static class SafeFileName
{
    /// <summary>What neither system allows in a name, or only with a meaning of its own.</summary>
    public const string Reserved = "<>:\"/\\|?*";

    /// <summary>UTF-8 octets without the extension: Linux allows 255, of which the extension and a temporary name take their part.</summary>
    private const int MaximumOctets = 160;

    private const char Substitute = '_';

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    public static string From(string text)
    {
        string name = Shorten(Replace(text).Normalize(NormalizationForm.FormC)).TrimEnd(' ', '.').TrimStart(' ');
        if (name.Length == 0)
            return Substitute.ToString();
        return IsDevice(name) ? Substitute + name : name;
    }

    private static string Replace(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = char.IsSurrogatePair(text, i);
            if (pair)
                safe.Append(text, i++, 2);
            else
                safe.Append(IsReserved(text[i]) ? Substitute : text[i]);
        }

        return safe.ToString();
    }

    /// <summary>Format characters too: one of them lets a name be read from right to left.</summary>
    private static bool IsReserved(char c) => Reserved.IndexOf(c) >= 0 || char.IsSurrogate(c) || UnicodeText.IsInvisible(c);

    private static string Shorten(string text)
    {
        // A character has one octet at least; what is longer is not counted one by one.
        int length = Math.Min(text.Length, MaximumOctets + 1);
        while (Encoding.UTF8.GetByteCount(text.Substring(0, length)) > MaximumOctets)
            length -= char.IsLowSurrogate(text[length - 1]) ? 2 : 1;
        return text.Substring(0, length);
    }

    /// <summary>Devices keep their meaning with any extension, before Windows 11: CON.pem, COM1.example.com.</summary>
    private static bool IsDevice(string name)
    {
        string stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return Devices.Contains(stem)
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
                && "0123456789\u00B9\u00B2\u00B3".IndexOf(stem[3]) >= 0);
    }
}

using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Org.BouncyCastle.Math;

namespace PSCertAuthority.Certificates;

/// <summary>Serial numbers (RFC 5280, section 4.1.2.2): in the store hexadecimal without colons, in print <c>75:BC:D1</c>.</summary>
internal static class SerialNumbers
{
    /// <summary>The most bytes that a serial number in the store may have. RFC 5280 allows 20; there are authorities that use more.</summary>
    public const int MostBytes = 64;

    /// <summary>Hexadecimal; of a negative one, which is never stored, with a minus sign.</summary>
    public static string ToStored(BigInteger serial)
    {
        string hex = serial.Abs().ToString(16).ToUpperInvariant();
        return (serial.SignValue < 0 ? "-" : string.Empty) + (hex.Length % 2 == 0 ? hex : "0" + hex);
    }

    public static BigInteger FromStored(string stored) => new(stored, 16);

    public static string ToPrinted(string stored)
    {
        if (stored.StartsWith("-", StringComparison.Ordinal))
            return "-" + ToPrinted(stored.Substring(1));
        var text = new StringBuilder(stored.Length * 3 / 2);
        for (int i = 0; i < stored.Length; i += 2)
            text.Append(i == 0 ? string.Empty : ":").Append(stored, i, Math.Min(2, stored.Length - i));
        return text.ToString();
    }

    /// <summary>What was typed as the start of a serial number, as it would be stored; null where it cannot be one.</summary>
    /// <remarks>.NET and Windows write 00 before a serial number whose first bit is set, as DER does.</remarks>
    public static string? TryParsePrefix(string text)
    {
        string? hex = TryParseDigits(text);
        while (hex is { Length: > 2 } && hex.StartsWith("00", StringComparison.Ordinal))
            hex = hex.Substring(2);
        return hex;
    }

    /// <summary>What was typed as a whole serial number, as it would be stored; null where it cannot be one.</summary>
    public static string? TryParseWhole(string text) =>
        TryParsePrefix(text) is { } hex ? hex.Length % 2 == 0 ? hex : "0" + hex : null;

    /// <summary>Hexadecimal digits with colons, spaces or 0x among them, in any case, as upper-case digits alone; null where it is something else.</summary>
    /// <remarks>Windows puts an invisible mark before what is copied from the details of a certificate.</remarks>
    public static string? TryParseDigits(string text)
    {
        var hex = new StringBuilder(text.Length);
        foreach (char c in text.Where(c => c != ':' && !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format))
            hex.Append(char.ToUpperInvariant(c));
        if (hex.Length > 2 && hex[0] == '0' && hex[1] == 'X')
            hex.Remove(0, 2);
        string digits = hex.ToString();
        return digits.Length > 0 && digits.All(c => c is >= '0' and <= '9' or >= 'A' and <= 'F') ? digits : null;
    }
}

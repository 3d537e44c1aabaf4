using System;
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
    public static string? TryParsePrefix(string text)
    {
        string hex = text.Replace(":", string.Empty).Trim().ToUpperInvariant();
        return hex.Length > 0 && hex.All(c => c is >= '0' and <= '9' or >= 'A' and <= 'F') ? hex : null;
    }
}

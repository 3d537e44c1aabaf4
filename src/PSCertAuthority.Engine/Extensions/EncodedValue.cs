using System;
using System.Linq;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Utilities.Encoders;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Extensions;

/// <summary>The octets of an extension's value.</summary>
internal static class EncodedValue
{
    // More is not put into a certificate by anybody; TLS could not even carry it.
    private const int MaximumLength = 1 << 16;
    private const int MaximumDepth = 64;

    /// <summary>Octets as they are, or hexadecimal text, with or without colons and blanks.</summary>
    /// <exception cref="CaExtensionException"><c>ExtensionInvalid</c>.</exception>
    public static byte[] ToOctets(string oid, object? value)
    {
        if (value is byte[] octets)
            return octets;
        if (value is not string text)
            throw ExtensionErrors.Invalid($"'{oid}'", "its value is neither octets nor hexadecimal text");
        string digits = Regex.Replace(text, "[:\\s-]|^0[xX]", string.Empty);
        return digits.Length % 2 == 0 && digits.All(Uri.IsHexDigit)
            ? Hex.Decode(digits)
            : throw ExtensionErrors.Invalid($"'{oid}'", $"'{text}' is no hexadecimal text");
    }

    /// <exception cref="CaExtensionException"><c>ExtensionInvalid</c>.</exception>
    public static void RequireDer(string oid, byte[] value)
    {
        if (value.Length == 0)
            throw ExtensionErrors.Invalid(oid, "the value is empty; an extension without content holds NULL, 05 00");
        if (value.Length > MaximumLength)
            throw ExtensionErrors.Invalid(oid, $"the value is longer than {MaximumLength} octets");
        if (IsDeeplyNested(value))
            throw ExtensionErrors.Invalid(oid, $"the value is nested deeper than {MaximumDepth} levels");
        try
        {
            if (Asn1Object.FromByteArray(value).GetEncoded(Asn1Encodable.Der).SequenceEqual(value))
                return;
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            throw ExtensionErrors.Invalid(oid, "the value is not one whole DER object", e);
        }

        throw ExtensionErrors.Invalid(oid, "the value is encoded in BER, and not in the one way that DER allows");
    }

    /// <summary>Whether constructed objects begin within each other so often that reading them could exhaust the stack.</summary>
    public static bool IsDeeplyNested(byte[] value)
    {
        int[] ends = new int[MaximumDepth];
        int depth = 0;
        int position = 0;
        while (position < value.Length)
        {
            while (depth > 0 && position >= ends[depth - 1])
                depth--;
            if (!TryReadHeader(value, ref position, out bool constructed, out int length))
                return false;
            if (!constructed)
            {
                position += length;
                continue;
            }

            if (depth == MaximumDepth)
                return true;
            ends[depth++] = position + length;
        }

        return false;
    }

    private static bool TryReadHeader(byte[] value, ref int position, out bool constructed, out int length)
    {
        constructed = (value[position] & 0x20) != 0;
        bool longTag = (value[position++] & 0x1f) == 0x1f;
        while (longTag && position < value.Length && (value[position++] & 0x80) != 0)
        {
        }

        length = 0;
        if (position >= value.Length)
            return false;
        int first = value[position++];
        int octets = first & 0x7f;
        if (first < 0x80)
            length = first;
        else if (octets == 0)
            length = value.Length - position;
        else
        {
            for (; octets > 0 && position < value.Length && length <= value.Length; octets--)
                length = length << 8 | value[position++];
        }

        length = Math.Min(length, value.Length - position);
        return length >= 0;
    }
}

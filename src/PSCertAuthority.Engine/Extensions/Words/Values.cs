using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions.Words;

/// <summary>Single ASN.1 values in words.</summary>
internal static class Values
{
    public static string ToHex(byte[] octets) => BitConverter.ToString(octets).Replace('-', ':');

    /// <summary>An OCTET STRING in hexadecimal.</summary>
    public static string Hex(Asn1Object value) => ToHex(Asn1OctetString.GetInstance(value).GetOctets());

    /// <summary>A string of any type.</summary>
    public static string Text(Asn1Object value) => value is IAsn1String and not DerBitString
        ? ((IAsn1String)value).GetString()
        : throw new FormatException("no string");

    /// <summary>An extension that says everything by being there.</summary>
    public static string Nothing(Asn1Object value) => value is Asn1Null ? string.Empty : throw new FormatException("no NULL");

    /// <summary>Whatever it is: strings, numbers, times and OIDs as text, all else as hexadecimal DER.</summary>
    public static string Any(Asn1Encodable value) => value.ToAsn1Object() switch
    {
        DerBitString bits => ToHex(bits.GetEncoded()),
        IAsn1String text => text.GetString(),
        DerInteger number => number.Value.ToString(),
        DerObjectIdentifier oid => oid.Id,
        Asn1GeneralizedTime time => Time(time),
        Asn1Object other => ToHex(other.GetEncoded()),
    };

    public static string Time(Asn1GeneralizedTime time) => Time(time.ToDateTime());

    public static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The names of the bits that are set; one without a name shows as its number.</summary>
    public static string Bits(Asn1Encodable value, IReadOnlyList<string> names)
    {
        DerBitString bits = DerBitString.GetInstance(value.ToAsn1Object());
        byte[] octets = bits.GetBytes();
        IEnumerable<int> set = Enumerable.Range(0, octets.Length * 8).Where(i => (octets[i / 8] & 0x80 >> i % 8) != 0);
        string words = string.Join(", ", set.Select(i => i < names.Count ? names[i] : $"bit {i}"));
        return words.Length > 0 ? words : "none";
    }

    public static IEnumerable<Asn1Encodable> Elements(Asn1Encodable sequence) => Asn1Sequence.GetInstance(sequence.ToAsn1Object());
}

using System;
using System.Globalization;
using System.Text;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>Encodes one entry of a CRL (RFC 5280, sections 5.1.2.6 and 5.3).</summary>
internal static class CrlEntryEncoder
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte UtcTime = 0x17;
    private const byte GeneralizedTime = 0x18;

    public static byte[] Encode(CrlEntryRecord entry)
    {
        RevocationRecord revocation = entry.Revocation;
        byte[] serial = StatusKey.SerialOctets(entry.SerialNumber);
        // RFC 5280, section 5.3.1: the reason is left out rather than given as unspecified.
        byte[] reason = revocation.Reason == RevocationReason.Unspecified ? [] : [Sequence, 10, 6, 3, 0x55, 0x1D, 21, 4, 3, 10, 1, (byte)revocation.Reason];
        byte[] invalidity = revocation.InvalidityDate is { } date ? [Sequence, 24, 6, 3, 0x55, 0x1D, 24, 4, 17, .. Time(date, general: true)] : [];
        byte[] extensions = reason.Length + invalidity.Length == 0 ? [] : Der(Sequence, [.. reason, .. invalidity]);
        byte[] number = Der(Integer, serial[0] < 0x80 ? serial : [0, .. serial]);
        return Der(Sequence, [.. number, .. Time(revocation.RevokedAt, general: false), .. extensions]);
    }

    /// <summary>Tag, length and content.</summary>
    public static byte[] Der(byte tag, byte[] content) => [.. Head(tag, content.Length), .. content];

    /// <summary>Tag and length alone.</summary>
    public static byte[] Head(byte tag, long length) => length switch
    {
        < 0x80 => [tag, (byte)length],
        < 0x100 => [tag, 0x81, (byte)length],
        < 0x10000 => [tag, 0x82, (byte)(length >> 8), (byte)length],
        < 0x1000000 => [tag, 0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        _ => [tag, 0x84, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };

    /// <summary>RFC 5280, section 5.1.2.4: UTCTime up to 2049, GeneralizedTime from 2050; an invalidity date always the latter.</summary>
    private static byte[] Time(DateTime time, bool general)
    {
        bool isGeneral = general || time.Year is < 1950 or > 2049;
        string text = time.ToString(isGeneral ? "yyyyMMddHHmmss" : "yyMMddHHmmss", CultureInfo.InvariantCulture) + "Z";
        return Der(isGeneral ? GeneralizedTime : UtcTime, Encoding.ASCII.GetBytes(text));
    }
}

using System;
using System.Collections.Generic;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions.Words;

/// <summary>Certificate Transparency (RFC 6962) in words.</summary>
internal static class TransparencyWords
{
    private const int LogIdLength = 32;
    private const int TimestampLength = 8;
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How many timestamps, and of each the log and the time. The list is in the presentation language of TLS (RFC 6962, section 3.3).</summary>
    public static string Timestamps(Asn1Object value)
    {
        byte[] list = Asn1OctetString.GetInstance(value).GetOctets();
        if (Length(list, 0) != list.Length - 2)
            throw new FormatException("the list's length is wrong");
        var words = new List<string>();
        for (int position = 2; position < list.Length;)
        {
            int length = Length(list, position);
            words.Add(Timestamp(list, position + 2, length));
            position += 2 + length;
        }

        return $"{words.Count} timestamp{(words.Count == 1 ? string.Empty : "s")}: {string.Join("; ", words)}";
    }

    private static int Length(byte[] octets, int position) => octets[position] << 8 | octets[position + 1];

    private static string Timestamp(byte[] list, int start, int length)
    {
        if (length < 1 + LogIdLength + TimestampLength || start + length > list.Length)
            throw new FormatException("a timestamp is too short or too long");
        byte[] log = new byte[LogIdLength];
        Array.Copy(list, start + 1, log, 0, LogIdLength);
        ulong milliseconds = 0;
        for (int i = 0; i < TimestampLength; i++)
            milliseconds = milliseconds << 8 | list[start + 1 + LogIdLength + i];
        return $"v{list[start] + 1} of the log {Values.ToHex(log)}, {Values.Time(Epoch.AddMilliseconds(milliseconds))}";
    }
}

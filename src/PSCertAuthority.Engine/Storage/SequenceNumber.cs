using System;

namespace PSCertAuthority.Storage;

/// <summary>The number under which a certificate's document is kept, as octets: the order of issuing, and of the documents in the file.</summary>
internal static class SequenceNumber
{
    /// <summary>As few octets as it takes, big-endian: a value.</summary>
    public static byte[] ToValue(long number)
    {
        int length = 1;
        while (length < 8 && number >> (8 * length) != 0) length++;
        var octets = new byte[length];
        for (int i = 0; i < length; i++) octets[length - 1 - i] = (byte)(number >> (8 * i));
        return octets;
    }

    /// <summary>Eight octets: a part of a key.</summary>
    public static byte[] ToKey(long number)
    {
        var octets = new byte[8];
        for (int i = 0; i < 8; i++) octets[7 - i] = (byte)(number >> (8 * i));
        return octets;
    }

    /// <summary>The number in the octets from <paramref name="start"/> on.</summary>
    public static long Read(byte[] octets, int start = 0)
    {
        long number = 0;
        for (int i = Math.Max(0, start); i < octets.Length; i++) number = (number << 8) | octets[i];
        return number;
    }
}

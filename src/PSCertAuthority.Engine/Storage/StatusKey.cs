using System;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Storage;

/// <summary>
/// Keys that LiteDB sorts as unsigned octets: authority (4) | state (1) | end in seconds (6) | serial number, all big-endian. They are
/// unique, so that a listing which goes on after a key misses nothing and repeats nothing.
/// </summary>
internal static class StatusKey
{
    public const int StateOffset = 4;
    private const int SerialOffset = 11;

    /// <summary>The key of a certificate.</summary>
    public static byte[] Of(CertificateRecord record) => Of(record.AuthorityId, StateOf(record), record.NotAfter, record.SerialNumber);

    /// <summary>The key of a certificate that stands so.</summary>
    public static byte[] Of(int authorityId, byte state, DateTime notAfter, string serialNumber)
    {
        byte[] serial = SerialOctets(serialNumber);
        byte[] key = Bound(authorityId, state, StoreTime.ToSeconds(notAfter));
        Array.Resize(ref key, SerialOffset + serial.Length);
        serial.CopyTo(key, SerialOffset);
        return key;
    }

    /// <summary>The lowest possible key of an authority, a state and an end; as an upper bound it excludes that end.</summary>
    public static byte[] Bound(int authorityId, byte state, long seconds)
    {
        var key = new byte[SerialOffset];
        Authority(authorityId).CopyTo(key, 0);
        key[StateOffset] = state;
        for (int i = 0; i < 6; i++) key[10 - i] = (byte)(seconds >> (8 * i));
        return key;
    }

    /// <summary>Four octets of an authority's number: the lowest key of all that belongs to it.</summary>
    public static byte[] Authority(int id) => [(byte)(id >> 24), (byte)(id >> 16), (byte)(id >> 8), (byte)id];

    /// <summary>The authority of any key.</summary>
    public static int AuthorityOf(byte[] key) => (key[0] << 24) | (key[1] << 16) | (key[2] << 8) | key[3];

    /// <summary>The end in a certificate's key, in seconds.</summary>
    public static long EndOf(byte[] key) => SequenceNumber.Read([.. new ArraySegment<byte>(key, StateOffset + 1, SerialOffset - StateOffset - 1)]);

    /// <summary>The serial number in a certificate's key.</summary>
    public static string SerialNumberOf(byte[] key) => SerialNumber(key, SerialOffset);

    /// <summary>The octets of the serial number in a certificate's key.</summary>
    public static byte[] SerialOctetsOf(byte[] key)
    {
        var serial = new byte[key.Length - SerialOffset];
        Array.Copy(key, SerialOffset, serial, 0, serial.Length);
        return serial;
    }

    /// <summary>Whether a certificate's key says that it is revoked or suspended.</summary>
    public static bool IsRevoked(byte[] key) => key[StateOffset] != 0;

    /// <summary>The lowest key above <paramref name="key"/>.</summary>
    public static byte[] After(byte[] key)
    {
        Array.Resize(ref key, key.Length + 1);
        return key;
    }

    /// <summary>0 valid, 1 suspended, 2 revoked.</summary>
    public static byte StateOf(CertificateRecord record) => StateOf(record.Revocation?.Reason);

    /// <inheritdoc cref="StateOf(CertificateRecord)"/>
    public static byte StateOf(RevocationReason? reason) => reason switch
    {
        null => 0,
        RevocationReason.CertificateHold => 1,
        _ => 2,
    };

    /// <summary>The octets of a hexadecimal serial number.</summary>
    public static byte[] SerialOctets(string serialNumber)
    {
        if (serialNumber.Length == 0 || serialNumber.Length % 2 != 0) throw new ArgumentException("An even number of digits.", nameof(serialNumber));
        var octets = new byte[serialNumber.Length / 2];
        WriteSerial(serialNumber, octets);
        return octets;
    }

    /// <summary>Writes the octets of a hexadecimal serial number.</summary>
    public static void WriteSerial(string serialNumber, Span<byte> octets)
    {
        for (int i = 0; i < octets.Length; i++) octets[i] = (byte)((Digit(serialNumber[2 * i]) << 4) | Digit(serialNumber[(2 * i) + 1]));
    }

    private static int Digit(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'A' and <= 'F' => digit - 'A' + 10,
        >= 'a' and <= 'f' => digit - 'a' + 10,
        _ => throw new ArgumentException($"'{digit}' is no hexadecimal digit.", nameof(digit)),
    };

    /// <summary>The hexadecimal digits of the octets from <paramref name="start"/> on.</summary>
    public static string SerialNumber(byte[] key, int start)
    {
        const string digits = "0123456789ABCDEF";
        var text = new char[2 * (key.Length - start)];
        for (int i = start; i < key.Length; i++)
        {
            text[2 * (i - start)] = digits[key[i] >> 4];
            text[(2 * (i - start)) + 1] = digits[key[i] & 15];
        }

        return new string(text);
    }

    /// <summary>The order that LiteDB sorts keys in: unsigned octets, then length.</summary>
    public static int Compare(byte[] left, byte[] right)
    {
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i] != right[i]) return left[i].CompareTo(right[i]);
        }

        return left.Length.CompareTo(right.Length);
    }
}

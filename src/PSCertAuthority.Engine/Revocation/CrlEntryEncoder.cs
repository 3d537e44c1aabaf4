using System;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>Encodes one entry of a CRL (RFC 5280, sections 5.1.2.6 and 5.3).</summary>
internal static class CrlEntryEncoder
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte UtcTime = 0x17;
    private const byte GeneralizedTime = 0x18;

    private static ReadOnlySpan<byte> ReasonHead => [Sequence, 10, 6, 3, 0x55, 0x1D, 21, 4, 3, 10, 1];

    private static ReadOnlySpan<byte> InvalidityHead => [Sequence, 24, 6, 3, 0x55, 0x1D, 24, 4, 17];

    /// <summary>The entry, written from its end at the end of <paramref name="room"/>: nothing is left behind, as there may be a million.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="room">At least <see cref="RoomFor"/> octets.</param>
    public static ReadOnlySpan<byte> Encode(CrlEntryRecord entry, Span<byte> room)
    {
        RevocationRecord revocation = entry.Revocation;
        Span<byte> rest = room;
        if (revocation.InvalidityDate is { } date)
            rest = Put(Time(rest, date, general: true), InvalidityHead);

        // RFC 5280, section 5.3.1: the reason is left out rather than given as unspecified.
        if (revocation.Reason != RevocationReason.Unspecified)
            rest = Put(Put(rest, [(byte)revocation.Reason]), ReasonHead);

        if (rest.Length < room.Length) rest = PutHead(rest, Sequence, room.Length - rest.Length);
        rest = Time(rest, revocation.RevokedAt, general: false);
        int number = rest.Length;
        Span<byte> serial = rest.Slice(number - (entry.SerialNumber.Length / 2));
        StatusKey.WriteSerial(entry.SerialNumber, serial);
        rest = rest.Slice(0, number - serial.Length);
        if (serial[0] >= 0x80) rest = Put(rest, [0]);
        rest = PutHead(rest, Integer, number - rest.Length);
        rest = PutHead(rest, Sequence, room.Length - rest.Length);
        return room.Slice(rest.Length);
    }

    /// <summary>How many octets an entry takes at the most.</summary>
    public static int RoomFor(CrlEntryRecord entry) => 96 + (entry.SerialNumber.Length / 2);

    /// <summary>Tag and length alone.</summary>
    public static byte[] Head(byte tag, long length) => length switch
    {
        < 0x80 => [tag, (byte)length],
        < 0x100 => [tag, 0x81, (byte)length],
        < 0x10000 => [tag, 0x82, (byte)(length >> 8), (byte)length],
        < 0x1000000 => [tag, 0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        _ => [tag, 0x84, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };

    private static Span<byte> PutHead(Span<byte> room, byte tag, int length) => length < 0x80 ? Put(room, [tag, (byte)length]) : Put(room, Head(tag, length));

    /// <summary>RFC 5280, section 5.1.2.4: UTCTime up to 2049, GeneralizedTime from 2050; an invalidity date always the latter.</summary>
    private static Span<byte> Time(Span<byte> room, DateTime time, bool general)
    {
        bool isGeneral = general || time.Year is < 1950 or > 2049;
        room[room.Length - 1] = (byte)'Z';
        Span<byte> rest = room.Slice(0, room.Length - 1);
        rest = Digits(Digits(Digits(rest, time.Second), time.Minute), time.Hour);
        rest = Digits(Digits(Digits(rest, time.Day), time.Month), time.Year % 100);
        return isGeneral ? Put(Digits(rest, time.Year / 100), [GeneralizedTime, 15]) : Put(rest, [UtcTime, 13]);
    }

    private static Span<byte> Digits(Span<byte> room, int value) => Put(room, [(byte)('0' + (value / 10)), (byte)('0' + (value % 10))]);

    /// <summary>Puts octets at the end of the room, and gives the room before them.</summary>
    private static Span<byte> Put(Span<byte> room, scoped ReadOnlySpan<byte> octets)
    {
        Span<byte> rest = room.Slice(0, room.Length - octets.Length);
        octets.CopyTo(room.Slice(rest.Length));
        return rest;
    }
}

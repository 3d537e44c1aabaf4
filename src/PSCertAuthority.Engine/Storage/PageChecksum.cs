using System;

namespace PSCertAuthority.Storage;

/// <summary>
/// A checksum in each page of the database: xxHash64 over the page and its number, folded to 32 bits, in the field of the page's header that LiteDB
/// uses in its log alone (TransactionID, octets 14 to 17, all ones in a database file).
/// </summary>
/// <remarks>
/// LiteDB itself reads such a file as any other, and clears the field in pages that it writes: all ones stand for a page without checksum.
/// </remarks>
internal static class PageChecksum
{
    private const int Position = 14;
    private const uint None = uint.MaxValue;
    private const ulong Prime1 = 11400714785074694791;
    private const ulong Prime2 = 14029467366897019727;
    private const ulong Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579;

    /// <summary>Puts the checksum into a page.</summary>
    public static void Put(byte[] page, long number) => BitConverter.GetBytes(Compute(page, number)).CopyTo(page, Position);

    /// <summary>Whether a page is as it was written, or has no checksum. The field is cleared.</summary>
    public static bool Check(byte[] page, long number)
    {
        uint found = BitConverter.ToUInt32(page, Position);
        if (found == None) return true;
        bool right = found == Compute(page, number);
        BitConverter.GetBytes(None).CopyTo(page, Position);
        return right;
    }

    private static uint Compute(byte[] page, long number)
    {
        BitConverter.GetBytes(0).CopyTo(page, Position);
        unchecked
        {
            ulong seed = (ulong)number;
            ulong a = seed + Prime1 + Prime2, b = seed + Prime2, c = seed, d = seed - Prime1;
            for (int i = 0; i < PageOverlay.PageSize; i += 32)
            {
                a = Round(a, BitConverter.ToUInt64(page, i));
                b = Round(b, BitConverter.ToUInt64(page, i + 8));
                c = Round(c, BitConverter.ToUInt64(page, i + 16));
                d = Round(d, BitConverter.ToUInt64(page, i + 24));
            }

            ulong hash = Rotate(a, 1) + Rotate(b, 7) + Rotate(c, 12) + Rotate(d, 18);
            hash = Merge(Merge(Merge(Merge(hash, a), b), c), d) + PageOverlay.PageSize;
            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            hash ^= hash >> 32;
            uint folded = (uint)(hash ^ (hash >> 32));
            return folded == None ? 0 : folded;
        }
    }

    private static ulong Round(ulong lane, ulong input) => unchecked(Rotate(lane + (input * Prime2), 31) * Prime1);

    private static ulong Merge(ulong hash, ulong lane) => unchecked(((hash ^ Round(0, lane)) * Prime1) + Prime4);

    private static ulong Rotate(ulong value, int count) => (value << count) | (value >> (64 - count));
}

using System;
using System.Runtime.InteropServices;

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
    public static void Put(Span<byte> page, long number) => Set(page, Compute(page, number));

    /// <summary>Whether a page is as it was written, or has no checksum. The field is cleared.</summary>
    public static bool Check(Span<byte> page, long number)
    {
        uint found = MemoryMarshal.Read<uint>(page.Slice(Position));
        if (found == None) return true;
        bool right = found == Compute(page, number);
        Set(page, None);
        return right;
    }

    private static void Set(Span<byte> page, uint value) => BitConverter.GetBytes(value).CopyTo(page.Slice(Position));

    private static uint Compute(Span<byte> page, long number)
    {
        Set(page, 0);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(page.Slice(0, PageOverlay.PageSize));
        unchecked
        {
            ulong seed = (ulong)number;
            ulong a = seed + Prime1 + Prime2, b = seed + Prime2, c = seed, d = seed - Prime1;
            for (; words.Length >= 4; words = words.Slice(4))
            {
                a = Round(a, words[0]);
                b = Round(b, words[1]);
                c = Round(c, words[2]);
                d = Round(d, words[3]);
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

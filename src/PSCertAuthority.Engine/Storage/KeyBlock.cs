using System;
using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>
/// Some neighbouring keys of a <see cref="KeyTree"/> with their values, sorted, in the octets that the store keeps: length of the key (2), length of
/// the value (1), key, value; behind the last, zeros. A block always has the same size, which fills one page of LiteDB.
/// </summary>
internal sealed class KeyBlock
{
    /// <summary>With the fields around it, a document of this size just fits LiteDB's page, and is updated in its place.</summary>
    public const int Size = 8000;

    private const int EntryHead = 3;

    private int _used;

    public KeyBlock() => Octets = new byte[Size];

    /// <exception cref="FormatException">It is no block.</exception>
    public KeyBlock(byte[] octets)
    {
        if (octets.Length != Size) throw new FormatException("A block of keys has another size.");
        Octets = octets;
        while (_used + EntryHead < Size && KeyLength(_used) > 0)
        {
            LastPosition = _used;
            _used = Next(_used);
            if (_used > Size) throw new FormatException("A block of keys is torn.");
        }
    }

    /// <summary>What the store keeps.</summary>
    public byte[] Octets { get; }

    public bool IsEmpty => _used == 0;

    /// <summary>Whether it differs from what the store has.</summary>
    public bool IsChanged { get; set; }

    private int LastPosition { get; set; }

    /// <summary>Negative, zero or positive as the key is below, at or above the last one of the block.</summary>
    public int CompareToLast(byte[] key) => IsEmpty ? 1 : Compare(key, LastPosition);

    /// <summary>The value of a key; null where it is missing.</summary>
    public byte[]? Find(byte[] key) => Seek(key, out int position) ? ValueAt(position) : null;

    /// <summary>False where there is no room.</summary>
    public bool TryInsert(byte[] key, byte[] value)
    {
        int length = EntryHead + key.Length + value.Length;
        if (_used + length > Size) return false;
        Seek(key, out int position);
        Buffer.BlockCopy(Octets, position, Octets, position + length, _used - position);
        Octets[position] = (byte)(key.Length >> 8);
        Octets[position + 1] = (byte)key.Length;
        Octets[position + 2] = checked((byte)value.Length);
        key.CopyTo(Octets, position + EntryHead);
        value.CopyTo(Octets, position + EntryHead + key.Length);
        LastPosition = position == _used ? position : LastPosition + length;
        _used += length;
        IsChanged = true;
        return true;
    }

    /// <summary>False where the key is missing.</summary>
    public bool Remove(byte[] key)
    {
        if (!Seek(key, out int position)) return false;
        Cut(position, Next(position));
        return true;
    }

    /// <summary>Moves the upper half into a new block.</summary>
    public KeyBlock Split()
    {
        int middle = 0;
        while (middle < _used / 2) middle = Next(middle);
        var upper = new KeyBlock();
        foreach (KeyValuePair<byte[], byte[]> entry in From(middle)) upper.TryInsert(entry.Key, entry.Value);
        Cut(middle, _used);
        return upper;
    }

    /// <summary>The entries from a key on.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> From(byte[] key)
    {
        Seek(key, out int position);
        return From(position);
    }

    /// <summary>How many keys lie between the two, the second excluded.</summary>
    public int Count(byte[] from, byte[] to)
    {
        int count = 0;
        Seek(from, out int position);
        bool toEnd = CompareToLast(to) > 0;
        for (; position < _used && (toEnd || Compare(to, position) > 0); position = Next(position)) count++;
        return count;
    }

    private IEnumerable<KeyValuePair<byte[], byte[]>> From(int position)
    {
        for (; position < _used; position = Next(position)) yield return new(KeyAt(position), ValueAt(position));
    }

    /// <summary>The lowest key; the block is not empty.</summary>
    public byte[] FirstKey() => KeyAt(0);

    private void Cut(int from, int to)
    {
        Buffer.BlockCopy(Octets, to, Octets, from, _used - to);
        Array.Clear(Octets, _used - (to - from), to - from);
        _used -= to - from;
        IsChanged = true;
        LastPosition = 0;
        for (int position = 0; position < _used; position = Next(position)) LastPosition = position;
    }

    /// <summary>The position of the key, or else where it belongs.</summary>
    private bool Seek(byte[] key, out int position)
    {
        position = 0;
        if (_used > 0 && Compare(key, LastPosition) > 0)
        {
            position = _used;
            return false;
        }

        for (; position < _used; position = Next(position))
        {
            int order = Compare(key, position);
            if (order <= 0) return order == 0;
        }

        return false;
    }

    private int Compare(byte[] key, int position)
    {
        int length = KeyLength(position);
        int at = position + EntryHead;
        int shared = Math.Min(key.Length, length);
        for (int i = 0; i < shared; i++)
        {
            int difference = key[i] - Octets[at + i];
            if (difference != 0) return difference;
        }

        return key.Length - length;
    }

    private int KeyLength(int position) => (Octets[position] << 8) | Octets[position + 1];

    private int Next(int position) => position + EntryHead + KeyLength(position) + Octets[position + 2];

    private byte[] KeyAt(int position) => Slice(position + EntryHead, KeyLength(position));

    private byte[] ValueAt(int position) => Slice(position + EntryHead + KeyLength(position), Octets[position + 2]);

    private byte[] Slice(int start, int length)
    {
        var slice = new byte[length];
        Buffer.BlockCopy(Octets, start, slice, 0, length);
        return slice;
    }
}

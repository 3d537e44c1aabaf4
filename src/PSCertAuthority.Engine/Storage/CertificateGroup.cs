using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>The records of certificates with neighbouring numbers, in the octets that the store keeps: for each number the length (3), then the record.</summary>
internal sealed class CertificateGroup
{
    /// <summary>How many numbers share a group: so many P-256 certificates just fill a page of LiteDB. Part of the schema.</summary>
    public const int Size = 12;

    private const int LengthOctets = 3;
    private const int LargestRecord = (1 << (8 * LengthOctets)) - 1;

    private readonly byte[] _octets = [];
    private readonly (int Start, int Length)[] _places = new (int, int)[Size];
    private readonly byte[]?[] _changed = new byte[]?[Size];

    public CertificateGroup(long id) => Id = id;

    /// <exception cref="FormatException">It is no group.</exception>
    public CertificateGroup(long id, byte[] octets)
    {
        Id = id;
        _octets = octets;
        int position = 0;
        for (int i = 0; i < Size; i++)
        {
            if (position + LengthOctets > octets.Length) throw new FormatException("A group of certificates is cut short.");
            int length = (octets[position] << 16) | (octets[position + 1] << 8) | octets[position + 2];
            position += LengthOctets;
            if (length > octets.Length - position) throw new FormatException("A group of certificates is torn.");
            _places[i] = (position, length);
            position += length;
        }

        if (position != octets.Length) throw new FormatException("A group of certificates is too long.");
    }

    public long Id { get; }

    /// <summary>Whether it differs from what the store has.</summary>
    public bool IsChanged { get; private set; }

    public bool IsEmpty => !Numbers().Any();

    /// <summary>The group of a number.</summary>
    public static long IdOf(long number) => number / Size;

    /// <summary>The record of a number; null where there is none.</summary>
    public byte[]? this[long number]
    {
        get
        {
            int i = (int)(number % Size);
            if (_places[i].Length == 0) return null;
            var record = new byte[_places[i].Length];
            Copy(i, record, 0);
            return record;
        }

        set
        {
            if (value is { Length: 0 or > LargestRecord }) throw new ArgumentOutOfRangeException(nameof(value));
            int i = (int)(number % Size);
            _changed[i] = value;
            _places[i] = (0, value?.Length ?? 0);
            IsChanged = true;
        }
    }

    /// <summary>The numbers under which there are records; none of these is copied.</summary>
    public IEnumerable<long> Numbers() => Enumerable.Range(0, Size).Where(i => _places[i].Length > 0).Select(i => (Id * Size) + i);

    /// <summary>What the store keeps.</summary>
    public byte[] ToOctets()
    {
        var octets = new byte[_places.Sum(place => LengthOctets + place.Length)];
        int position = 0;
        for (int i = 0; i < Size; i++)
        {
            int length = _places[i].Length;
            octets[position++] = (byte)(length >> 16);
            octets[position++] = (byte)(length >> 8);
            octets[position++] = (byte)length;
            Copy(i, octets, position);
            position += length;
        }

        return octets;
    }

    private void Copy(int i, byte[] to, int at) => Buffer.BlockCopy(_changed[i] ?? _octets, _places[i].Start, to, at, _places[i].Length);
}

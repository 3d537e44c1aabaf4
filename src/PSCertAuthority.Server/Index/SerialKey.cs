using System;
using System.Buffers.Binary;

namespace PSCertAuthority.Server.Index;

/// <summary>A serial number of at most 20 octets (RFC 5280, section 4.1.2.2) as a value: 24 octets, and no object of its own.</summary>
internal readonly struct SerialKey : IEquatable<SerialKey>
{
    /// <summary>The most octets that a serial number has.</summary>
    public const int MaximumLength = 20;

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;
    private readonly int _length;

    /// <summary>Takes a number over.</summary>
    /// <param name="serialNumber">Big-endian without a leading 00 octet, at most <see cref="MaximumLength"/>.</param>
    public SerialKey(ReadOnlySpan<byte> serialNumber)
    {
        Span<byte> padded = stackalloc byte[MaximumLength];
        padded.Clear();
        serialNumber.CopyTo(padded);
        _high = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _middle = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
        _low = BinaryPrimitives.ReadUInt32BigEndian(padded[16..]);
        _length = serialNumber.Length;
    }

    /// <inheritdoc/>
    public bool Equals(SerialKey other) => _high == other._high && _middle == other._middle && _low == other._low && _length == other._length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SerialKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _middle, _low);

    /// <summary>The number as the store writes it.</summary>
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[MaximumLength];
        BinaryPrimitives.WriteUInt64BigEndian(octets, _high);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(octets[16..], _low);
        return Convert.ToHexString(octets[.._length]);
    }
}

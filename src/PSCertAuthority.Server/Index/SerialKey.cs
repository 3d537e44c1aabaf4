using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PSCertAuthority.Server.Index;

/// <summary>
/// A serial number as a value of 24 bytes, and no object of its own. Of one that is longer than RFC 5280 allows (section 4.1.2.2), which some imported
/// certificates have, a digest stands for it.
/// </summary>
internal readonly struct SerialKey : IEquatable<SerialKey>
{
    // The most bytes that a serial number may have; as many of SHA-256 are as hard to hit as SHA-1 was meant to be.
    private const int Inline = 20;

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;
    private readonly int _length;

    /// <summary>Takes a number over.</summary>
    /// <param name="serialNumber">Big-endian without a leading 00 byte.</param>
    public SerialKey(ReadOnlySpan<byte> serialNumber)
    {
        Span<byte> padded = stackalloc byte[SHA256.HashSizeInBytes];
        padded.Clear();
        if (serialNumber.Length <= Inline)
            serialNumber.CopyTo(padded);
        else
            SHA256.HashData(serialNumber, padded);
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
}

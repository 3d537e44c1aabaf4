using System;

namespace PSCertAuthority.Encodings;

/// <summary>
/// Octets that grow at both ends: DER is written from the inside outwards, since a length stands before what it measures, and a CRL of a million
/// entries is too large to be copied for each layer.
/// </summary>
internal sealed class OctetRoom
{
    private const int SmallestEnd = 4096;

    private byte[] _octets;
    private int _start = SmallestEnd;
    private int _end = SmallestEnd;

    /// <param name="expected">How many octets will be appended, more or less.</param>
    public OctetRoom(int expected) => _octets = new byte[SmallestEnd + expected + SmallestEnd];

    /// <summary>What there is; it stays what it is until more comes.</summary>
    public ArraySegment<byte> Octets => new(_octets, _start, Length);

    public int Length => _end - _start;

    public void Append(ReadOnlySpan<byte> octets)
    {
        if (_end + octets.Length > _octets.Length) Move(_start, octets.Length + (_octets.Length / 2));
        octets.CopyTo(_octets.AsSpan(_end));
        _end += octets.Length;
    }

    public void Prepend(byte[] octets)
    {
        if (octets.Length > _start) Move(octets.Length + SmallestEnd, _octets.Length - _end);
        _start -= octets.Length;
        octets.CopyTo(_octets, _start);
    }

    private void Move(int start, int roomBehind)
    {
        int length = Length;
        var octets = new byte[checked(start + length + roomBehind)];
        Buffer.BlockCopy(_octets, _start, octets, start, length);
        _octets = octets;
        _start = start;
        _end = start + length;
    }
}

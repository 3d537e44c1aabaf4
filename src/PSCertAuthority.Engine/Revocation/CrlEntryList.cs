using System;
using System.Collections.Generic;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>
/// The entries of a CRL (RFC 5280, section 5.1.2.6), encoded one by one as they are read: a list of a million takes forty megabytes as DER, and ten
/// times that as objects.
/// </summary>
internal sealed class CrlEntryList
{
    private const int PartSize = 1 << 20;

    private readonly List<byte[]> _full = [];
    private readonly List<string> _ended = [];
    private readonly DateTime _thisUpdate;
    private byte[] _part = new byte[4096];
    private int _used;

    /// <param name="thisUpdate">When the CRL is made.</param>
    public CrlEntryList(DateTime thisUpdate) => _thisUpdate = thisUpdate;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many octets they take.</summary>
    public long Length { get; private set; }

    /// <summary>The serial numbers of those certificates that had ended when the CRL was made.</summary>
    public IReadOnlyList<string> Ended => _ended;

    public void Add(CrlEntryRecord entry)
    {
        byte[] encoded = CrlEntryEncoder.Encode(entry);
        if (_used + encoded.Length > _part.Length) Grow(encoded.Length);
        Buffer.BlockCopy(encoded, 0, _part, _used, encoded.Length);
        _used += encoded.Length;
        Length += encoded.Length;
        Count++;
        if (entry.NotAfter < _thisUpdate) _ended.Add(entry.SerialNumber);
    }

    /// <summary>Copies them, one behind the other.</summary>
    public void CopyTo(byte[] target, int position)
    {
        foreach (byte[] part in _full)
        {
            Buffer.BlockCopy(part, 0, target, position, part.Length);
            position += part.Length;
        }

        Buffer.BlockCopy(_part, 0, target, position, _used);
    }

    private void Grow(int needed)
    {
        if (_part.Length < PartSize)
        {
            Array.Resize(ref _part, Math.Min(PartSize, Math.Max(_part.Length * 4, _used + needed)));
            return;
        }

        Array.Resize(ref _part, _used);
        _full.Add(_part);
        _part = new byte[Math.Max(PartSize, needed)];
        _used = 0;
    }
}

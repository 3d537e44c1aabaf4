using System;
using System.Collections.Generic;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>
/// The entries of a CRL (RFC 5280, section 5.1.2.6), encoded one by one as they are read, where the CRL will be: a list of a million takes fifty
/// megabytes as DER, and ten times that as objects.
/// </summary>
internal sealed class CrlEntryList
{
    private const int EntriesWorthCollecting = 25_000;
    private const int OctetsWorthCollecting = 4 << 20;

    private readonly List<string> _ended = [];
    private readonly OctetRoom _room;
    private readonly DateTime _thisUpdate;
    private byte[] _entry = [];

    /// <param name="thisUpdate">When the CRL is made.</param>
    /// <param name="expected">How many octets they will have at most, more or less.</param>
    public CrlEntryList(DateTime thisUpdate, int expected)
    {
        _thisUpdate = thisUpdate;
        // The CRL before may be as large, and .NET would not miss its memory for some time.
        if (expected > OctetsWorthCollecting) GC.Collect();
        _room = new OctetRoom(expected);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The serial numbers of those certificates that had ended when the CRL was made.</summary>
    public IReadOnlyList<string> Ended => _ended;

    public void Add(CrlEntryRecord entry)
    {
        int needed = CrlEntryEncoder.RoomFor(entry);
        if (_entry.Length < needed) _entry = new byte[needed];
        _room.Append(CrlEntryEncoder.Encode(entry, _entry));
        Count++;
        // Reading leaves behind ten times what is kept, and .NET would let that grow to hundreds of megabytes.
        if (Count % EntriesWorthCollecting == 0) GC.Collect(0);
        if (entry.NotAfter < _thisUpdate) _ended.Add(entry.SerialNumber);
    }

    /// <summary>Gives them away, one behind the other, for the CRL to be put around them.</summary>
    public OctetRoom ToRoom() => _room;
}

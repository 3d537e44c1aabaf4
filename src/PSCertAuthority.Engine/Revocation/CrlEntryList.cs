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

    private readonly List<(int AuthorityId, string SerialNumber)> _released = [];
    private readonly OctetRoom _room;
    private readonly CrlRetention? _retention;
    private byte[] _entry = [];

    /// <param name="retention">Which entries leave the CRLs after this one; null for none.</param>
    /// <param name="expected">How many octets they will have at most, more or less.</param>
    public CrlEntryList(CrlRetention? retention, int expected)
    {
        _retention = retention;
        // The CRL before may be as large, and .NET would not miss its memory for some time.
        if (expected > OctetsWorthCollecting) GC.Collect();
        _room = new OctetRoom(expected);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Those that leave the CRLs after this one, by authority and serial number.</summary>
    public IReadOnlyList<(int AuthorityId, string SerialNumber)> Released => _released;

    public void Add(CrlEntryRecord entry)
    {
        int needed = CrlEntryEncoder.RoomFor(entry);
        if (_entry.Length < needed) _entry = new byte[needed];
        _room.Append(CrlEntryEncoder.Encode(entry, _entry));
        Count++;
        // Reading leaves behind ten times what is kept, and .NET would let that grow to hundreds of megabytes.
        if (Count % EntriesWorthCollecting == 0) GC.Collect(0);
        if (IsReleased(entry)) _released.Add((entry.AuthorityId, entry.SerialNumber));
    }

    /// <summary>Whether an entry, as it is now, leaves the CRLs after this one.</summary>
    public bool IsReleased(CrlEntryRecord entry) => _retention?.Releases(entry) == true;

    /// <summary>Gives them away, one behind the other, for the CRL to be put around them.</summary>
    public OctetRoom ToRoom() => _room;
}

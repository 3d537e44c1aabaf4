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
    /// <summary>An entry with a serial number of 20 octets and a reason has 55.</summary>
    private const int UsualLength = 56;

    private readonly List<string> _ended = [];
    private readonly OctetRoom _room;
    private readonly DateTime _thisUpdate;

    /// <param name="thisUpdate">When the CRL is made.</param>
    /// <param name="expected">How many entries there will be at most, more or less.</param>
    public CrlEntryList(DateTime thisUpdate, int expected)
    {
        _thisUpdate = thisUpdate;
        _room = new OctetRoom(checked(expected * UsualLength));
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The serial numbers of those certificates that had ended when the CRL was made.</summary>
    public IReadOnlyList<string> Ended => _ended;

    public void Add(CrlEntryRecord entry)
    {
        _room.Append(CrlEntryEncoder.Encode(entry));
        Count++;
        if (entry.NotAfter < _thisUpdate) _ended.Add(entry.SerialNumber);
    }

    /// <summary>Gives them away, one behind the other, for the CRL to be put around them.</summary>
    public OctetRoom ToRoom() => _room;
}

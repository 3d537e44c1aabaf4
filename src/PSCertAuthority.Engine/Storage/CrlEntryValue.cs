using System;
using System.IO;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Storage;

/// <summary>An entry of the next CRL in a few octets: flags, reason, and as eight octets each the end, the date and what the flags tell of.</summary>
internal static class CrlEntryValue
{
    private const byte IsAuthority = 1;
    private const byte HasInvalidityDate = 2;
    private const byte HasAddedAfter = 4;

    public static byte[] From(CrlEntryRecord entry)
    {
        using var octets = new MemoryStream(34);
        using var writer = new BinaryWriter(octets);
        RevocationRecord revocation = entry.Revocation;
        int flags = (entry.IsAuthority ? IsAuthority : 0) | (revocation.InvalidityDate is null ? 0 : HasInvalidityDate) | (entry.AddedAfter is null ? 0 : HasAddedAfter);
        writer.Write((byte)flags);
        writer.Write((byte)revocation.Reason);
        writer.Write(StoreTime.ToSeconds(entry.NotAfter));
        writer.Write(StoreTime.ToSeconds(revocation.RevokedAt));
        if (revocation.InvalidityDate is { } invalidity) writer.Write(StoreTime.ToSeconds(invalidity));
        if (entry.AddedAfter is { } added) writer.Write(added);
        writer.Flush();
        return octets.ToArray();
    }

    /// <summary>The entry under a key of authority and serial number; null where the octets are none.</summary>
    public static CrlEntryRecord? Read(byte[] key, byte[] value)
    {
        if (value.Length < 18) return null;
        byte flags = value[0];
        if (value[1] is 7 or > 10) return null;
        bool hasDate = (flags & HasInvalidityDate) != 0;
        bool hasNumber = (flags & HasAddedAfter) != 0;
        if (value.Length != 18 + (hasDate ? 8 : 0) + (hasNumber ? 8 : 0)) return null;
        DateTime Time(int at) => StoreTime.FromSeconds(BitConverter.ToInt64(value, at));
        var revocation = new RevocationRecord(Time(10), (RevocationReason)value[1], hasDate ? Time(18) : null);
        return new(
            StatusKey.AuthorityOf(key), StatusKey.SerialNumber(key, 4), Time(2), revocation, (flags & IsAuthority) != 0,
            hasNumber ? BitConverter.ToInt64(value, value.Length - 8) : null);
    }
}

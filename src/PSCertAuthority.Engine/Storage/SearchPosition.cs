using System;
using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>Where a certificate stands in an order: octets that sort as it does, and differ from all others'.</summary>
internal static class SearchPosition
{
    private const int EndOctets = 6;
    private const int AuthorityOctets = 4;

    /// <summary>By end, authority and serial number, whatever the state: a certificate that is revoked between two pages keeps its place.</summary>
    public static byte[] OfEnd(byte[] statusKey)
    {
        var position = new byte[statusKey.Length - 1];
        Array.Copy(statusKey, StatusKey.StateOffset + 1, position, 0, EndOctets);
        Array.Copy(statusKey, 0, position, EndOctets, AuthorityOctets);
        Array.Copy(statusKey, StatusKey.StateOffset + 1 + EndOctets, position, EndOctets + AuthorityOctets, position.Length - EndOctets - AuthorityOctets);
        return position;
    }

    /// <summary>The key by state that a certificate at that position has in a state, or would have between those of an authority.</summary>
    public static byte[] ToStatusKey(byte[] position, int authorityId, byte state)
    {
        long end = SequenceNumber.Read([.. new ArraySegment<byte>(position, 0, EndOctets)]);
        int there = StatusKey.AuthorityOf([.. new ArraySegment<byte>(position, EndOctets, AuthorityOctets)]);
        if (authorityId != there) return StatusKey.Bound(authorityId, state, authorityId < there ? end + 1 : end);
        int head = EndOctets + AuthorityOctets;
        return [.. StatusKey.Bound(authorityId, state, end), .. new ArraySegment<byte>(position, head, position.Length - head)];
    }

    /// <summary>By serial number and authority. A zero is doubled up, so that a number which begins as another one does is sorted behind it.</summary>
    public static byte[] OfSerial(byte[] serialKey)
    {
        var position = new List<byte>(serialKey.Length + 4);
        for (int i = AuthorityOctets; i < serialKey.Length; i++)
        {
            position.Add(serialKey[i]);
            if (serialKey[i] == 0) position.Add(0xFF);
        }

        position.Add(0);
        position.Add(0);
        position.AddRange(StatusKey.Authority(StatusKey.AuthorityOf(serialKey)));
        return [.. position];
    }

    /// <summary>The key by serial number that a certificate at that position has, or the number alone under another authority.</summary>
    public static (byte[] Serial, int AuthorityId) ToSerial(byte[] position)
    {
        var serial = new List<byte>(position.Length);
        int end = position.Length - AuthorityOctets - 2;
        for (int i = 0; i < end; i++)
        {
            serial.Add(position[i]);
            if (position[i] == 0) i++;
        }

        return ([.. serial], StatusKey.AuthorityOf([.. new ArraySegment<byte>(position, position.Length - AuthorityOctets, AuthorityOctets)]));
    }

    /// <summary>Whether octets that came from outside can be a position in such an order.</summary>
    public static bool IsPossible(byte[] position, Certificates.CertificateSort sort) => sort switch
    {
        Certificates.CertificateSort.NotAfter => position.Length > EndOctets + AuthorityOctets,
        Certificates.CertificateSort.SerialNumber => position.Length > AuthorityOctets + 2,
        Certificates.CertificateSort.Issued => position.Length == 8 && position[0] < 0x80,
        _ => position.Length > 8,
    };
}

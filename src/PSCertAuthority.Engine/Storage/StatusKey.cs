using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>
/// The key of the certificates' second index: authority (4 octets), state (1), end (6), serial number. In the order of its octets it lists
/// the certificates of an authority by state and end; the serial number makes it unique, so that a listing can go on behind any of them.
/// </summary>
internal static class StatusKey
{
    private const int AuthorityLength = 4;
    private const int EndLength = 6;

    public static byte[] Of(CertificateRecord record) =>
        [.. Head(record.AuthorityId, StateOf(record)), .. BigEndian(RecordCodec.ToSeconds(record.NotAfter), EndLength), .. Octets(record.SerialNumber)];

    public static CertificateStates StateOf(CertificateRecord record) =>
        record.Revocation is null ? CertificateStates.Valid
        : record.Revocation.Reason == Revocation.RevocationReason.CertificateHold ? CertificateStates.Suspended
        : CertificateStates.Revoked;

    /// <summary>The ranges of keys that a query spans, in order.</summary>
    public static IEnumerable<(byte[] From, byte[] To)> Ranges(CertificateQuery query, IEnumerable<int> authorities)
    {
        long from = query.EndsAfter is { } after ? RecordCodec.ToSeconds(after) + 1 : 0;
        long to = query.EndsUntil is { } until ? RecordCodec.ToSeconds(until) + 1 : (1L << (EndLength * 8)) - 1;
        foreach (int authority in authorities.OrderBy(id => id))
        {
            foreach (CertificateStates state in (CertificateStates[])[CertificateStates.Valid, CertificateStates.Suspended, CertificateStates.Revoked])
            {
                if ((query.States & state) != 0)
                    yield return ([.. Head(authority, state), .. BigEndian(from, EndLength)], [.. Head(authority, state), .. BigEndian(to, EndLength)]);
            }
        }
    }

    public static int Compare(byte[] left, byte[] right)
    {
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i] != right[i])
                return left[i].CompareTo(right[i]);
        }

        return left.Length.CompareTo(right.Length);
    }

    public static byte[] BigEndian(long value, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(value >> ((length - 1 - i) * 8)))];

    public static byte[] Octets(string hex)
    {
        byte[] octets = new byte[hex.Length / 2];
        for (int i = 0; i < octets.Length; i++)
            octets[i] = (byte)((Uri.FromHex(hex[i * 2]) << 4) | Uri.FromHex(hex[i * 2 + 1]));
        return octets;
    }

    private static byte[] Head(int authority, CertificateStates state) => [.. BigEndian(authority, AuthorityLength), (byte)state];
}

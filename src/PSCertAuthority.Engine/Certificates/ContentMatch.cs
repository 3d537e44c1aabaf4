using System;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>What a search asks of a certificate itself, because no index knows it. Most are told apart without being taken apart.</summary>
internal sealed class ContentMatch(string? profile, string? text)
{
    private readonly string? _serial = text is null ? null : SerialNumbers.TryParsePrefix(text);

    // An IP address stands in a certificate as octets: only the certificate taken apart shows it as text.
    private readonly bool _canBeAddress = text?.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f' or '.' or ':') == true;

    /// <summary>Whether nothing is asked.</summary>
    public bool IsAnything => profile is null && text is null;

    public bool Fits(CertificateRecord record) =>
        (profile is null || string.Equals(record.Profile, profile, StringComparison.OrdinalIgnoreCase)) && (text is null || Names(record, text));

    private bool Names(CertificateRecord record, string wanted)
    {
        if (Contains(record.Subject, wanted) || Contains(record.CommonName, wanted) || (_serial is not null && record.SerialNumber.StartsWith(_serial, StringComparison.Ordinal)))
            return true;
        return (_canBeAddress || Occurs(record.Certificate, wanted))
            && new DecodedCertificate(record.Certificate).SubjectAlternativeNames.Any(name => Contains(name.Value, wanted));
    }

    private static bool Contains(string where, string wanted) => where.IndexOf(wanted, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether the octets have the text in any case; alternative names are ASCII, or not in lower case what was typed.</summary>
    private static bool Occurs(byte[] octets, string wanted)
    {
        int last = octets.Length - wanted.Length;
        for (int at = 0; at <= last; at++)
        {
            int i = 0;
            while (i < wanted.Length && ToLower(octets[at + i]) == wanted[i])
                i++;
            if (i == wanted.Length)
                return true;
        }

        return false;
    }

    private static int ToLower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? octet + ('a' - 'A') : octet;
}

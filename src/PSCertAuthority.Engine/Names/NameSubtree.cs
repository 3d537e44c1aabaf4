using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Names;

/// <summary>Whether a name lies in the subtree that a constraint spans (RFC 5280, section 4.2.1.10).</summary>
internal static class NameSubtree
{
    public static bool Contains(GeneralName constraint, GeneralName name) => constraint.Kind switch
    {
        GeneralNameKind.Dns => HostContains(constraint.Value, name.Value, HostMatch.Below),
        GeneralNameKind.Email => EmailContains(constraint.Value, name.Value),
        GeneralNameKind.Uri => HostOf(name.Value) is { } host && HostContains(constraint.Value, host, HostMatch.Exact),
        GeneralNameKind.IPAddress => AddressContains(Octets(constraint), Octets(name)) || AddressContains(Octets(constraint), WithoutMapping(Octets(name))),
        GeneralNameKind.DirectoryName => DirectoryContains(constraint, name),
        _ => constraint.Equals(name),
    };

    /// <summary>Whether the name could match something in the subtree: a wildcard may, even where the name itself lies above.</summary>
    public static bool Overlaps(GeneralName name, GeneralName constraint)
    {
        if (Contains(constraint, name))
            return true;
        // A URI without a host cannot be held against an excluded host, and so is refused.
        if (name.Kind == GeneralNameKind.Uri && HostOf(name.Value) is null)
            return true;
        return name.Kind == GeneralNameKind.Dns && name.Value.StartsWith("*.", StringComparison.Ordinal)
            && HostContains(name.Value.Substring(2), constraint.Value.TrimStart('.'), HostMatch.Below);
    }

    private enum HostMatch
    {
        /// <summary>The host itself; a leading dot spans what is below it.</summary>
        Exact,

        /// <summary>The host and what is below it; a leading dot spans only what is below.</summary>
        Below,
    }

    private static bool HostContains(string constraint, string host, HostMatch match)
    {
        if (constraint.Length == 0)
            return true;
        // A trailing dot makes a name absolute, and not another one.
        host = host.TrimEnd('.');
        if (constraint[0] == '.')
            return host.EndsWith(constraint, StringComparison.OrdinalIgnoreCase) && host.Length > constraint.Length;
        return string.Equals(host, constraint, StringComparison.OrdinalIgnoreCase)
            || match == HostMatch.Below && host.EndsWith("." + constraint, StringComparison.OrdinalIgnoreCase);
    }

    private static bool EmailContains(string constraint, string address)
    {
        int at = address.LastIndexOf('@');
        string host = address.Substring(at + 1);
        int constraintAt = constraint.LastIndexOf('@');
        if (constraintAt < 0)
            return HostContains(constraint, host, HostMatch.Exact);
        // RFC 5280, section 7.5: the local part counts to the letter, the host without regard to case.
        return at >= 0
            && string.Equals(address.Substring(0, at), constraint.Substring(0, constraintAt), StringComparison.Ordinal)
            && string.Equals(host, constraint.Substring(constraintAt + 1), StringComparison.OrdinalIgnoreCase);
    }

    private static string? HostOf(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) && parsed.HostNameType == UriHostNameType.Dns ? parsed.IdnHost : null;

    private static byte[] Octets(GeneralName name) => Asn1OctetString.GetInstance(name.ToAsn1().Name).GetOctets();

    private static bool AddressContains(byte[] network, byte[] address)
    {
        int length = network.Length / 2;
        return address.Length == length
            && Enumerable.Range(0, length).All(i => ((address[i] ^ network[i]) & network[length + i]) == 0);
    }

    /// <summary>An IPv4 address that is written as one of IPv6 (RFC 4291, section 2.5.5.2) is that IPv4 address.</summary>
    private static byte[] WithoutMapping(byte[] address) =>
        address.Length == 16 && address.Take(10).All(octet => octet == 0) && address[10] == 0xFF && address[11] == 0xFF ? [.. address.Skip(12)] : address;

    private static bool DirectoryContains(GeneralName constraint, GeneralName name)
    {
        string[] outer = Canonical(constraint);
        string[] inner = Canonical(name);
        return outer.Length <= inner.Length && outer.SequenceEqual(inner.Take(outer.Length));
    }

    /// <summary>Elements for comparison (RFC 5280, section 7.1): case and runs of white space do not count.</summary>
    private static string[] Canonical(GeneralName name)
    {
        IReadOnlyList<NameAttribute> attributes = DistinguishedName
            .FromX509Name(Org.BouncyCastle.Asn1.X509.X509Name.GetInstance(name.ToAsn1().Name)).Attributes;
        return [.. attributes.Select(a => $"{a.Oid}={Regex.Replace(a.Value.Trim(), "\\s+", " ").ToUpperInvariant()}")];
    }
}

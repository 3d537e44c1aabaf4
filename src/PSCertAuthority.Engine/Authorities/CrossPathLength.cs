using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>
/// Whether crossed paths keep the path length where verifiers count self-issued certificates, which RFC 5280, section 6.1.4 (l) does not: Go, GnuTLS
/// and mbedTLS do. Nothing in a cross-certificate helps them: it is the issuer's own certificate that sets the limit.
/// </summary>
internal static class CrossPathLength
{
    /// <summary>A warning where a path from the one key over the cross-certificate is longer than the path length of the one key allows; else null.</summary>
    /// <param name="all">The authorities of the store.</param>
    /// <param name="record">The authority whose keys sign each other, as it was.</param>
    public static string? Warning(IReadOnlyList<AuthorityRecord> all, AuthorityRecord record)
    {
        if (new DecodedCertificate(record.Certificate).PathLength is not { } allowed)
            return null;
        AuthorityRecord[] deepest = DeepestPath(all, record, []);
        int needed = deepest.Length + 1;
        if (needed <= allowed)
            return null;
        string below = deepest.Length == 0 ? "certificates that the other key issued" : $"what '{deepest[deepest.Length - 1].Name}' issued, {deepest.Length} below";
        return $"The path length of '{record.Name}' is {allowed}, and a path over a cross-certificate to {below} has {needed} certificates of authorities: one of them, the cross-certificate, is self-issued and "
            + "does not count (RFC 5280, section 6.1.4), but Go, GnuTLS and mbedTLS count it, and refuse the path. Where these verify, let them trust both keys, or make an authority with a path length of "
            + $"{needed} or more.";
    }

    private static AuthorityRecord[] DeepestPath(IReadOnlyList<AuthorityRecord> all, AuthorityRecord from, AuthorityRecord[] path)
    {
        AuthorityRecord[] deepest = path;
        foreach (AuthorityRecord child in all.Where(other => other.ParentId == from.Id && Array.TrueForAll(path, above => above.Id != other.Id)))
        {
            AuthorityRecord[] longer = DeepestPath(all, child, [.. path, child]);
            if (longer.Length > deepest.Length)
                deepest = longer;
        }

        return deepest;
    }
}

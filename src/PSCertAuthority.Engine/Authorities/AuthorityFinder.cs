using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>From what was typed to the one authority that it names.</summary>
internal static class AuthorityFinder
{
    /// <exception cref="CaAuthorityException"><c>AuthorityNotFound</c> or <c>AuthorityAmbiguous</c>.</exception>
    public static AuthorityRecord Find(StoreUnit unit, AuthorityIdentity identity)
    {
        if (identity.Id is { } id)
            return unit.Authorities.FindById(id) ?? throw AuthorityErrors.NotFound(identity.Text);
        IReadOnlyList<AuthorityRecord> all = unit.Authorities.All();
        if (identity.SerialNumber is { } serial && all.FirstOrDefault(a => a.SerialNumber == serial) is { } exact)
            return exact;
        IReadOnlyList<AuthorityRecord> matches = FindAll(all, identity.Text);
        return matches.Count switch
        {
            0 => throw AuthorityErrors.NotFound(identity.Text),
            1 => matches[0],
            _ => throw AuthorityErrors.Ambiguous(identity.Text, matches),
        };
    }

    /// <summary>The authority and those above it, up to the root.</summary>
    public static IReadOnlyList<AuthorityRecord> Chain(StoreUnit unit, AuthorityRecord record)
    {
        var chain = new List<AuthorityRecord> { record };
        while (chain[chain.Count - 1].ParentId is { } parentId && unit.Authorities.FindById(parentId) is { } parent)
            chain.Add(parent);
        return chain;
    }

    public static string KeyPathOf(CaStore store, AuthorityRecord record) => Path.Combine(store.KeyDirectory, record.KeyFile);

    private static IReadOnlyList<AuthorityRecord> FindAll(IReadOnlyList<AuthorityRecord> all, string text)
    {
        AuthorityRecord[] named = [.. all.Where(a => string.Equals(a.Name, text, StringComparison.OrdinalIgnoreCase))];
        if (named.Length > 0)
            return named;
        AuthorityRecord[] common = [.. all.Where(a => string.Equals(a.CommonName, text, StringComparison.OrdinalIgnoreCase))];
        // A name that two keys bear means the one that issues.
        if (common.Length > 1 && common.Where(a => a.ReplacedById is null).ToArray() is { Length: > 0 } current)
            return current;
        if (common.Length > 0)
            return common;
        return SerialNumbers.TryParsePrefix(text) is { } prefix
            ? [.. all.Where(a => a.SerialNumber.StartsWith(prefix, StringComparison.Ordinal))]
            : [];
    }
}

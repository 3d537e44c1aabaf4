using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>What of an authority was changed, in words for the audit records.</summary>
internal static class AuthorityChange
{
    public static string Describe(AuthorityRecord before, AuthorityRecord after)
    {
        var changes = new List<string>();
        if (before.Enabled != after.Enabled)
            changes.Add(after.Enabled ? "enabled" : "disabled");
        if (before.Name != after.Name)
            changes.Add($"renamed from '{before.Name}'");
        Compare("CRL URLs", before.CrlUrls, after.CrlUrls);
        Compare("delta CRL URLs", before.DeltaCrlUrls, after.DeltaCrlUrls);
        Compare("OCSP URLs", before.OcspUrls, after.OcspUrls);
        Compare("issuer URLs", before.IssuerUrls, after.IssuerUrls);
        Compare("issuer alternative names", before.IssuerAlternativeNames, after.IssuerAlternativeNames);
        return changes.Count == 0 ? "nothing differed" : string.Join("; ", changes);

        void Compare(string what, IReadOnlyList<string> old, IReadOnlyList<string> now)
        {
            if (!old.SequenceEqual(now))
                changes.Add(now.Count == 0 ? $"no {what}" : $"{what} {string.Join(", ", now)}");
        }
    }
}

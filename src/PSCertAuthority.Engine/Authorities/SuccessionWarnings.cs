using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>What the operator has to publish, and where, once a new key has taken over.</summary>
internal static class SuccessionWarnings
{
    /// <summary>That there is another key of the same name.</summary>
    public static string Namesake(string other, string subject) =>
        $"The authority '{other}' has the subject {subject} too, with another key. To relying parties both are one issuer: their CRLs list the revocations of both, and have to be published for both keys.";

    /// <param name="record">The authority before the renewal.</param>
    /// <param name="previousName">The name that it has now.</param>
    /// <param name="successor">The authority with the new key.</param>
    public static IEnumerable<string> Of(AuthorityRecord record, string previousName, AuthorityRecord successor)
    {
        yield return $"Each key of '{record.Name}' signs a CRL of its own, which lists the revocations under all of them. Publish all of them. With -Directory, the files of the new key are named "
            + $"'{successor.FileName}'; those of '{previousName}' are still named '{record.FileName ?? record.Name}'.";
        foreach ((IReadOnlyList<string> before, IReadOnlyList<string> after, string what, string parameter) in new[]
        {
            (record.CrlUrls, successor.CrlUrls, "CRL URL", "-CrlUrl"),
            (record.DeltaCrlUrls, successor.DeltaCrlUrls, "delta CRL URL", "-DeltaCrlUrl"),
            (record.IssuerUrls, successor.IssuerUrls, "URL of the issuer's certificate", "-IssuerUrl"),
        })
        {
            string[] shared = [.. after.Intersect(before)];
            if (shared.Length > 0)
            {
                yield return $"'{record.Name}' and '{previousName}' write the same {what} into what they issue ({string.Join(", ", shared)}), but each key has a file of its own. "
                    + $"Give the new one another with Set-CaAuthority '{record.Name}' {parameter}, before it issues.";
            }
            else if (after.Count > 0)
            {
                yield return $"'{record.Name}' writes the {what} {string.Join(", ", after)} into what it issues from now on; the certificates of '{previousName}' go on to name {string.Join(", ", before)}.";
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>
/// Which entries may leave the CRLs: those that every CRL which is published listed once past the certificate's expiry (RFC 5280, section 3.3), whichever
/// scope it has and whichever key signs it. The CRL of the key that issued the certificate has to list it also where it was not published before.
/// </summary>
/// <param name="Before">When the oldest of these CRLs was made.</param>
/// <param name="Number">The smallest of their numbers.</param>
internal sealed record CrlRetention(DateTime Before, long Number)
{
    /// <summary>The newest complete CRLs of each key that has to list what it issued; not of the one that signs now.</summary>
    private IReadOnlyDictionary<int, (CrlScope Scope, CrlRecord Crl)[]> Issuers { get; init; } = new Dictionary<int, (CrlScope, CrlRecord)[]>();

    /// <summary>Whether all of the CRLs listed it past its expiry.</summary>
    public bool Releases(CrlEntryRecord entry) => IsPast(entry, Before, Number)
        && (!Issuers.TryGetValue(entry.AuthorityId, out (CrlScope Scope, CrlRecord Crl)[]? crls)
            || crls.Any(own => IsPast(entry, own.Crl.ThisUpdate, own.Crl.Number) && own.Scope.Contains(entry.IsAuthority, entry.Revocation.Reason)));

    /// <summary>What the complete CRL that is about to be made releases, together with the others that are published.</summary>
    public static CrlRetention Of(StoreUnit unit, KeyFamily family, int authorityId, CrlScope scope, DateTime thisUpdate, long number)
    {
        var retention = new CrlRetention(thisUpdate, number);
        foreach (AuthorityRecord member in family.Members)
        {
            foreach (CrlRecord crl in OthersOf(unit, member, authorityId, scope.ToString()))
            {
                if (member.NotAfter >= thisUpdate && IsPublished(crl, thisUpdate))
                    retention = new CrlRetention(crl.ThisUpdate < retention.Before ? crl.ThisUpdate : retention.Before, Math.Min(crl.Number, retention.Number));
            }
        }

        return retention with
        {
            Issuers = family.Members.Where(member => member.Id != authorityId && CrlSigner.IsPossible(unit, member, thisUpdate))
                .ToDictionary(member => member.Id, member => unit.Crls.LatestComplete(member.Id).Select(crl => (CrlScope.Read(crl.Scope), crl)).ToArray()),
        };
    }

    private static bool IsPast(CrlEntryRecord entry, DateTime thisUpdate, long number) =>
        entry.NotAfter < thisUpdate && (entry.AddedAfter is not { } added || added < number);

    private static IEnumerable<CrlRecord> OthersOf(StoreUnit unit, AuthorityRecord member, int authorityId, string scope)
    {
        foreach (CrlRecord crl in unit.Crls.LatestComplete(member.Id))
        {
            if (member.Id != authorityId || crl.Scope != scope)
                yield return crl;
        }
    }

    /// <summary>One that nobody has renewed for twice its validity is given up.</summary>
    private static bool IsPublished(CrlRecord crl, DateTime now) => crl.NextUpdate + (crl.NextUpdate - crl.ThisUpdate) >= now;
}

using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Names;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>From what was typed to the one certificate that it names.</summary>
internal static class CertificateFinder
{
    private const int CandidatesShown = 10;
    private const int PageSize = 2500;

    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c>, <c>CertificateAmbiguous</c> or <c>CertificateOfOtherStore</c>.</exception>
    public static CertificateRecord Find(StoreUnit unit, CertificateIdentity identity)
    {
        IReadOnlyList<CertificateRecord> matches = FindAll(unit, identity, CandidatesShown);
        return matches.Count switch
        {
            0 => throw NotFound(unit, identity),
            1 => matches[0],
            _ => throw Ambiguous(unit, identity, matches),
        };
    }

    /// <summary>All certificates that an identity may mean. One that was renewed gives way to its successor of the same name.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateOfOtherStore</c>.</exception>
    public static IReadOnlyList<CertificateRecord> FindAll(StoreUnit unit, CertificateIdentity identity, int limit = int.MaxValue)
    {
        if (!unit.IsAt(identity.StorePath))
            throw CaCertificateException.OfOtherStore(identity.Text);
        if (identity.Exact is { } certificate && identity.Whole is { } expected && expected != certificate.SerialNumber)
            return [];
        if (identity.Exact is { } exact)
            return exact.MayBeOf(unit.StoreId) ? Only(FindExact(unit, exact, identity)) : throw CaCertificateException.OfOtherStore(identity.Text);
        // What a row says beside its text may single out one of many.
        IReadOnlyList<CertificateRecord> found = identity.Whole is { } whole ? unit.Certificates.FindBySerialNumber(whole)
            : identity.Row is { } row ? FindByRow(unit, identity.Text, row)
            : FindByText(unit, identity.Text, limit);
        return [.. found.Where(record => IsBy(unit, record, identity.Authority) && identity.Row?.Fits(record.Certificate) != false)];
    }

    /// <summary>Where the serial number is complete, only the authority tells them apart.</summary>
    private static CaCertificateException Ambiguous(StoreUnit unit, CertificateIdentity identity, IReadOnlyList<CertificateRecord> matches) =>
        matches.All(record => record.SerialNumber == matches[0].SerialNumber)
            ? CaCertificateException.AmbiguousSerialNumber(
                identity.Text, [.. matches.Select(record => (record, unit.Authorities.FindById(record.AuthorityId)?.Name ?? string.Empty))], CandidatesShown)
            : CaCertificateException.Ambiguous(identity.Text, matches, CandidatesShown);

    /// <summary>Why nothing was found.</summary>
    public static CaCertificateException NotFound(StoreUnit unit, CertificateIdentity identity)
    {
        bool Is(AuthorityRecord authority) => identity.Exact is { } exact ? exact.Is(authority.Certificate) || authority.FormerCertificates.Any(exact.Is) : authority.SerialNumber == (identity.Whole ?? SerialNumbers.TryParseWhole(identity.Text));
        string named = identity.Whole is not null && (identity.Row?.CommonName ?? identity.Row?.Subject) is { } name ? $"{identity.Text} ({name})" : identity.Text;
        return CaCertificateException.NotFound(named, unit.Authorities.All().FirstOrDefault(Is)?.Name);
    }

    /// <summary>The certificate of that encoding; none where the row that brought it says something else of it.</summary>
    private static CertificateRecord? FindExact(StoreUnit unit, ExactCertificate exact, CertificateIdentity identity)
    {
        CertificateRecord? found = FindExact(unit, exact);
        if (found is null || (identity.Row is { } row && !row.Fits(found.Certificate)))
            return null;
        // The authority may have another name by now; one that somebody else has says otherwise.
        bool isOther = identity.Authority is { } authority && unit.Authorities.FindByName(authority) is not null && !IsBy(unit, found, authority);
        return isOther ? null : found;
    }

    private static CertificateRecord? FindExact(StoreUnit unit, ExactCertificate exact)
    {
        if (exact.AuthorityId is { } authority && unit.Certificates.Find(authority, exact.SerialNumber, exact.StoredNumber) is { } there && exact.Is(there.Certificate))
            return there;
        return unit.Certificates.FindBySerialNumber(exact.SerialNumber).FirstOrDefault(record => exact.Is(record.Certificate));
    }

    /// <summary>Whether an authority of that name or distinguished name issued it. Serial numbers are random; only authorities that were imported can have used one twice.</summary>
    private static bool IsBy(StoreUnit unit, CertificateRecord record, string? authority)
    {
        if (authority is null)
            return true;
        // After a re-key the name is the new key's; what the old one issued still has the same issuer.
        DistinguishedName issuer = new DecodedCertificate(record.Certificate).Issuer;
        return unit.Authorities.FindByName(authority)?.Subject is { } subject ? issuer.ToString() == subject : CertificateRow.IsNamed(issuer, authority) == true;
    }

    /// <summary>By what is in the column that says most of it.</summary>
    private static IReadOnlyList<CertificateRecord> FindByRow(StoreUnit unit, string text, CertificateRow row)
    {
        if (text == row.Fingerprint)
            return Thumbprint.TryParse(text) is { } thumbprint ? Only(FindByThumbprint(unit, thumbprint)) : [];
        return text == row.Identity ? FindByText(unit, text, int.MaxValue) : FindByCommonName(unit, text, int.MaxValue);
    }

    /// <summary>A whole serial number or thumbprint; then common names and starts of serial numbers together.</summary>
    private static IReadOnlyList<CertificateRecord> FindByText(StoreUnit unit, string text, int limit)
    {
        if (SerialNumbers.TryParseWhole(text) is { } whole && unit.Certificates.FindBySerialNumber(whole) is { Count: > 0 } numbered)
            return numbered;
        if (Thumbprint.TryParse(text) is { } thumbprint && FindByThumbprint(unit, thumbprint) is { } printed)
            return [printed];
        IReadOnlyList<CertificateRecord> named = FindByCommonName(unit, text, limit);
        if (SerialNumbers.TryParsePrefix(text) is not { } prefix)
            return named;
        HashSet<(int, string)> known = [.. named.Select(record => (record.AuthorityId, record.SerialNumber))];
        return [.. named, .. unit.Certificates.FindBySerialPrefix(prefix, limit).Where(record => known.Add((record.AuthorityId, record.SerialNumber)))];
    }

    private static IReadOnlyList<CertificateRecord> FindByCommonName(StoreUnit unit, string text, int limit)
    {
        IReadOnlyList<CertificateRecord> named = unit.Certificates.FindByCommonName(text, limit);
        // One that was renewed gives way to its successor of the same name.
        return named.Count < limit && named.Where(record => record.ReplacedBy is null).Take(2).ToArray() is [var current] ? [current] : named;
    }

    /// <summary>No index has thumbprints: all certificates are read, page by page.</summary>
    private static CertificateRecord? FindByThumbprint(StoreUnit unit, Thumbprint thumbprint)
    {
        long after = 0;
        while (unit.Certificates.PageByNumber(after, PageSize) is { Count: > 0 } page)
        {
            if (page.FirstOrDefault(record => thumbprint.Is(record.Certificate)) is { } found)
                return found;
            after = page[page.Count - 1].Number!.Value;
        }

        return null;
    }

    private static IReadOnlyList<CertificateRecord> Only(CertificateRecord? record) => record is null ? [] : [record];
}

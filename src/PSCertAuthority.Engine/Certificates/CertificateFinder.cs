using System;
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
            _ => throw CaCertificateException.Ambiguous(identity.Text, matches, CandidatesShown),
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
            return exact.MayBeOf(unit.StoreId) ? Only(FindExact(unit, exact)) : throw CaCertificateException.OfOtherStore(identity.Text);
        IReadOnlyList<CertificateRecord> found = identity.Whole is { } whole ? FindWhole(unit, whole, identity.Authority)
            : identity.CommonName == identity.Text ? FindByCommonName(unit, identity.Text, limit)
            : FindByText(unit, identity.Text, limit);
        return [.. found.Where(record => Fits(record, identity))];
    }

    /// <summary>Whether a certificate is what the row of a table says besides the serial number: a row that contradicts itself names nothing.</summary>
    private static bool Fits(CertificateRecord record, CertificateIdentity identity) =>
        (identity.Thumbprint is not { } thumbprint || Thumbprint.TryParse(thumbprint)?.Is(record.Certificate) != false)
        && (identity.CommonName is not { } commonName || string.Equals(record.CommonName.Trim(), commonName.Trim(), StringComparison.OrdinalIgnoreCase))
        && (identity.Subject is not { } subject || record.Subject == subject || IsNamed(new DecodedCertificate(record.Certificate).Subject, subject) != false);

    /// <summary>Why nothing was found.</summary>
    public static CaCertificateException NotFound(StoreUnit unit, CertificateIdentity identity)
    {
        bool Is(AuthorityRecord authority) => identity.Exact?.Is(authority.Certificate) ?? authority.SerialNumber == (identity.Whole ?? SerialNumbers.TryParseWhole(identity.Text));
        string named = identity.Whole is not null && (identity.CommonName ?? identity.Subject) is { } name ? $"{identity.Text} ({name})" : identity.Text;
        return CaCertificateException.NotFound(named, unit.Authorities.All().FirstOrDefault(Is)?.Name);
    }

    private static CertificateRecord? FindExact(StoreUnit unit, ExactCertificate exact)
    {
        if (exact.AuthorityId is { } authority && unit.Certificates.Find(authority, exact.SerialNumber, exact.StoredNumber) is { } there && exact.Is(there.Certificate))
            return there;
        return unit.Certificates.FindBySerialNumber(exact.SerialNumber).FirstOrDefault(record => exact.Is(record.Certificate));
    }

    /// <summary>Serial numbers are random; only authorities that were imported can have used one twice.</summary>
    private static IReadOnlyList<CertificateRecord> FindWhole(StoreUnit unit, string whole, string? authority)
    {
        IReadOnlyList<CertificateRecord> found = unit.Certificates.FindBySerialNumber(whole);
        if (authority is null || found.Count == 0)
            return found;
        // After a re-key the name is the new key's; what the old one issued still has the same issuer.
        string? subject = unit.Authorities.FindByName(authority)?.Subject;
        return [.. found.Where(record => new DecodedCertificate(record.Certificate).Issuer is var issuer && (subject is null ? IsNamed(issuer, authority) == true : issuer.ToString() == subject))];
    }

    /// <summary>Whether a name is what a text says; null where the text is no name that can be read.</summary>
    private static bool? IsNamed(DistinguishedName issuer, string text)
    {
        try
        {
            return string.Equals(issuer.ToString(), text, StringComparison.Ordinal) || DistinguishedName.Parse(issuer.ToString()).ToString() == DistinguishedName.Parse(text).ToString();
        }
        catch (CaException)
        {
            return null;
        }
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

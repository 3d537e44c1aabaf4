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
    /// <exception cref="CaAuthorityException"><c>AuthorityNotFound</c>, <c>AuthorityAmbiguous</c> or <c>AuthorityOfOtherStore</c>.</exception>
    public static AuthorityRecord Find(StoreUnit unit, AuthorityIdentity identity) => FindMatch(unit, identity).Authority;

    /// <summary>The same, with the certificate by which it is named.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public static AuthorityMatch FindMatch(StoreUnit unit, AuthorityIdentity identity)
    {
        IReadOnlyList<AuthorityMatch> matches = FindMatches(unit, identity);
        // A name goes before a common name, also while its certificate is awaited.
        if (FindPendingByName(unit, identity) is { } named)
            throw AuthorityErrors.Pending(named.Name);
        return matches.Count switch
        {
            0 => throw (FindPending(unit, identity) is { } pending ? AuthorityErrors.Pending(pending.Name) : AuthorityErrors.NotFound(Describe(identity))),
            1 => matches[0],
            _ => throw AuthorityErrors.Ambiguous(identity.Text, [.. matches.Select(match => match.Authority)]),
        };
    }

    /// <summary>The same, also for an authority that awaits its certificate.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public static AuthorityRecord FindWithPending(StoreUnit unit, AuthorityIdentity identity)
    {
        IReadOnlyList<AuthorityRecord> matches = FindAll(unit, identity);
        if (FindPendingByName(unit, identity) is { } named)
            return named;
        return matches.Count == 0 && FindPending(unit, identity) is { } pending ? pending : Find(unit, identity);
    }

    /// <summary>All authorities that an identity may mean; one that awaits its certificate by its name, or where no other has that common name.</summary>
    /// <inheritdoc cref="FindAll" path="/exception"/>
    public static IReadOnlyList<AuthorityRecord> FindAllWithPending(StoreUnit unit, AuthorityIdentity identity)
    {
        IReadOnlyList<AuthorityRecord> found = FindAll(unit, identity);
        if (FindPendingByName(unit, identity) is { } named)
            return [named];
        return found.Count > 0 ? found : Only(FindPending(unit, identity));
    }

    /// <summary>The authority that awaits its certificate and has that name, or alone has that common name; null for none.</summary>
    public static AuthorityRecord? FindPending(StoreUnit unit, AuthorityIdentity identity)
    {
        if (IsOfCertificate(identity))
            return null;
        AuthorityRecord[] common = [.. unit.Authorities.WithPending().Where(record => record.IsPending && string.Equals(record.CommonName, identity.Text, StringComparison.OrdinalIgnoreCase))];
        return FindPendingByName(unit, identity) ?? (common.Length == 1 ? common[0] : null);
    }

    private static AuthorityRecord? FindPendingByName(StoreUnit unit, AuthorityIdentity identity) =>
        !IsOfCertificate(identity) && unit.Authorities.FindByName(identity.Text) is { IsPending: true } named ? named : null;

    /// <summary>Whether it has something of a certificate, which a pending authority has not got.</summary>
    private static bool IsOfCertificate(AuthorityIdentity identity) => identity.Exact is not null || identity.SerialNumber is not null || identity.Row?.Fingerprint is not null;

    /// <summary>All authorities that an identity may mean.</summary>
    /// <exception cref="CaAuthorityException"><c>AuthorityOfOtherStore</c>.</exception>
    public static IReadOnlyList<AuthorityRecord> FindAll(StoreUnit unit, AuthorityIdentity identity) => [.. FindMatches(unit, identity).Select(match => match.Authority)];

    private static IReadOnlyList<AuthorityMatch> FindMatches(StoreUnit unit, AuthorityIdentity identity)
    {
        if (!unit.IsAt(identity.StorePath))
            throw AuthorityErrors.OfOtherStore(identity.Text);
        if (identity.Exact is { } exact && identity.SerialNumber is { } expected && expected != exact.SerialNumber)
            return [];
        IEnumerable<AuthorityMatch> found = identity switch
        {
            { Exact: { } certificate } => certificate.MayBeOf(unit.StoreId) ? FindExact(unit, certificate) : throw AuthorityErrors.OfOtherStore(identity.Text),
            { SerialNumber: { } serial } => FindBySerialNumber(unit, serial).Where(match => IsCalled(match.Authority, identity.Text, serial)),
            _ => FindByText(unit, identity.Text),
        };
        return [.. found.Where(match => identity.Row?.Fits(match.Certificate, match.Authority.Name) != false && MayBeCalled(unit, match.Authority, identity.Name))];
    }

    /// <summary>Whether name, common name or serial number fits a pattern.</summary>
    public static bool Fits(AuthorityRecord record, string pattern) =>
        Wildcard.Fits(record.Name, pattern) || Wildcard.Fits(record.CommonName, pattern) || Wildcard.Fits(record.SerialNumber, pattern)
        || Wildcard.Fits(SerialNumbers.ToPrinted(record.SerialNumber), pattern);

    /// <summary>The authority that was opened, as it is now. Another store that took the place of the one it was opened in has not got it.</summary>
    /// <exception cref="CaAuthorityException"><c>AuthorityNotFound</c>.</exception>
    public static AuthorityRecord FindAgain(StoreUnit unit, IssuingAuthority authority) =>
        unit.Authorities.FindById(authority.Id) is { } record && unit.StoreId == authority.StoreId ? record : throw AuthorityErrors.NotFound(authority.Name);

    /// <summary>The authority and those above it, up to the root.</summary>
    public static IReadOnlyList<AuthorityRecord> Chain(StoreUnit unit, AuthorityRecord record)
    {
        var chain = new List<AuthorityRecord> { record };
        while (chain[chain.Count - 1].ParentId is { } parentId && unit.Authorities.FindById(parentId) is { } parent)
            chain.Add(parent);
        return chain;
    }

    /// <summary>The authority that issues now: itself, or the one with the newest key that took its place.</summary>
    public static AuthorityRecord Current(StoreUnit unit, AuthorityRecord record)
    {
        AuthorityRecord current = record;
        while (current.ReplacedById is { } id && unit.Authorities.FindById(id) is { } successor && successor.Id != record.Id)
            current = successor;
        return current;
    }

    public static string KeyPathOf(CaStore store, AuthorityRecord record) => Path.Combine(store.KeyDirectory, record.KeyFile);

    /// <summary>The authority whose present or former certificate it is.</summary>
    private static IEnumerable<AuthorityMatch> FindExact(StoreUnit unit, ExactCertificate exact)
    {
        if (unit.Authorities.All().FirstOrDefault(a => a.FormerCertificates.Any(exact.Is)) is { } own)
            return [new AuthorityMatch(own, exact.Der)];
        if (unit.Authorities.All().FirstOrDefault(a => a.SerialNumber == exact.SerialNumber && exact.Is(a.Certificate)) is { } present)
            return [new AuthorityMatch(present, present.Certificate)];
        CertificateRecord? former = unit.Certificates.FindBySerialNumber(exact.SerialNumber).FirstOrDefault(c => exact.Is(c.Certificate));
        return former is not null && AuthorityCertificates.OwnerOf(unit, former) is { } owner ? [new AuthorityMatch(owner, former.Certificate, former)] : [];
    }

    /// <summary>Whether an authority may have been called so when a row with its certificate was written: no other one is now, but of its own subject.</summary>
    private static bool MayBeCalled(StoreUnit unit, AuthorityRecord record, string? name) =>
        name is null || string.Equals(record.CommonName, name, StringComparison.OrdinalIgnoreCase)
        || unit.Authorities.FindByName(name) is not { } other || other.Id == record.Id || other.Subject == record.Subject;

    /// <summary>Whether an authority has the name that the row of a table gives it: a row that contradicts itself names nothing.</summary>
    private static bool IsCalled(AuthorityRecord record, string name, string serial) =>
        string.Equals(record.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(record.CommonName, name, StringComparison.OrdinalIgnoreCase) || SerialNumbers.TryParseWhole(name) == serial;

    private static string Describe(AuthorityIdentity identity) =>
        identity.Exact is null && identity.SerialNumber is { } serial && SerialNumbers.TryParseWhole(identity.Text) != serial ? $"{identity.Text} ({SerialNumbers.ToPrinted(serial)})" : identity.Text;

    /// <summary>The authorities of which a present or former certificate has that serial number.</summary>
    private static IReadOnlyList<AuthorityMatch> FindBySerialNumber(StoreUnit unit, string serial)
    {
        AuthorityMatch[] known = [.. unit.Authorities.All().SelectMany(a => WithSerialNumber(a, serial).Take(1))];
        return known.Length > 0
            ? known
            :
            [
                .. unit.Certificates.FindBySerialNumber(serial)
                    .Select(c => AuthorityCertificates.OwnerOf(unit, c) is { } owner ? new AuthorityMatch(owner, c.Certificate, c) : null).OfType<AuthorityMatch>()
                    .GroupBy(match => match.Authority.Id).Select(matches => matches.First()),
            ];
    }

    private static IEnumerable<AuthorityMatch> WithSerialNumber(AuthorityRecord authority, string serial) =>
        (authority.SerialNumber == serial ? new[] { authority.Certificate } : []).Concat(authority.FormerCertificates.Where(der => new DecodedCertificate(der).SerialNumber == serial))
            .Select(der => new AuthorityMatch(authority, der));

    /// <summary>A whole serial number or thumbprint, then a name; then common names and starts of serial numbers together.</summary>
    private static IReadOnlyList<AuthorityMatch> FindByText(StoreUnit unit, string text)
    {
        IReadOnlyList<AuthorityRecord> all = unit.Authorities.All();
        AuthorityMatch[] named = [.. all.Where(a => string.Equals(a.Name, text, StringComparison.OrdinalIgnoreCase)).Select(Present)];
        // The administrator chose the name, but perhaps not knowing that it is another's serial number.
        if (SerialNumbers.TryParseWhole(text) is { } serial && FindBySerialNumber(unit, serial) is { Count: > 0 } numbered)
            return [.. named.Where(match => numbered.All(other => other.Authority.Id != match.Authority.Id)), .. numbered];
        if (Thumbprint.TryParse(text) is { } thumbprint && all.Where(a => thumbprint.Is(a.Certificate)).ToArray() is { Length: > 0 } printed)
            return [.. named.Where(match => printed.All(other => other.Id != match.Authority.Id)), .. printed.Select(Present)];
        if (named.Length > 0)
            return named;
        string? prefix = SerialNumbers.TryParsePrefix(text);
        return
        [
            .. OfCommonName(all, text).Select(Present),
            .. all.Where(a => prefix is not null && a.SerialNumber.StartsWith(prefix, StringComparison.Ordinal) && !string.Equals(a.CommonName, text, StringComparison.OrdinalIgnoreCase)).Select(Present),
        ];
    }

    private static AuthorityMatch Present(AuthorityRecord record) => new(record, record.Certificate);

    private static AuthorityRecord[] OfCommonName(IReadOnlyList<AuthorityRecord> all, string text)
    {
        AuthorityRecord[] common = [.. all.Where(a => string.Equals(a.CommonName, text, StringComparison.OrdinalIgnoreCase))];
        // A name that two keys bear means the one that issues.
        return common.Length > 1 && common.Where(a => a.ReplacedById is null).ToArray() is { Length: > 0 } current ? current : common;
    }

    private static IReadOnlyList<AuthorityRecord> Only(AuthorityRecord? record) => record is null ? [] : [record];
}

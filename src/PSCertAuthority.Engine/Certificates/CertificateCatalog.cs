using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>Finds and lists the issued certificates of a store.</summary>
public sealed class CertificateCatalog
{
    // Who wants the first few has them soon; who wants all of them seldom waits for the lock.
    private const int FirstPageSize = 100;
    private const int PageSize = 2500;

    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal CertificateCatalog(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>The one certificate that an identity names.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c> or <c>CertificateAmbiguous</c>.</exception>
    public CaCertificate Get(CertificateIdentity identity) => _store.Read(unit =>
    {
        CertificateRecord record = CertificateFinder.Find(unit, identity);
        return Describe(unit, record, NamesOf(unit), identity.KeyPath);
    });

    /// <summary>The former certificate of an authority by which it is named; null where that is its present one, or one that an issuer elsewhere keeps.</summary>
    /// <exception cref="CaAuthorityException"><c>AuthorityNotFound</c> or <c>AuthorityAmbiguous</c>.</exception>
    public CaCertificate? FindFormer(AuthorityIdentity identity) =>
        _store.Read(unit => AuthorityFinder.FindMatch(unit, identity).Stored is { } former ? Describe(unit, former, NamesOf(unit)) : null);

    /// <summary>
    /// All certificates that an identity may mean: several where a text is not unique, or has the wildcards * and ? for a common name or serial number
    /// and is not itself one; those of an authority where it is one.
    /// </summary>
    /// <param name="identity">Which certificates.</param>
    /// <param name="filter">What they must be beside that; those that were named may stand in any way, unless it says otherwise. Null for nothing.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c> or <c>CertificateOfOtherStore</c>.</exception>
    public IEnumerable<CaCertificate> GetAll(CertificateIdentity identity, CertificateFilter? filter = null, CancellationToken cancellation = default)
    {
        filter ??= new CertificateFilter();
        if (identity.OfAuthority is { } authority)
            return List(filter with { Authority = authority }, cancellation);
        DateTime now = _clock.GetUtcSecond();
        List<CaCertificate>? named = _store.Read(
            unit =>
            {
                Dictionary<int, string> names = NamesOf(unit);
                IReadOnlyList<CertificateRecord> found = CertificateFinder.FindAll(unit, identity);
                return found.Count > 0 ? found.Select(record => Describe(unit, record, names, identity.KeyPath)).ToList()
                    : identity.Pattern is null ? throw CertificateFinder.NotFound(unit, identity) : null;
            },
            cancellation);
        return named?.Where(certificate => filter.FitsNamed(certificate, now))
            ?? List(filter with { Status = filter.Status.Count > 0 ? filter.Status : (CertificateStatus[])Enum.GetValues(typeof(CertificateStatus)) }, cancellation).Where(certificate => Fits(certificate, identity.Pattern!));
    }

    private static bool Fits(CaCertificate certificate, string pattern) =>
        Wildcard.Fits(certificate.CommonName ?? string.Empty, pattern) || Wildcard.Fits(certificate.SerialNumber, pattern) || Wildcard.Fits(certificate.StoredSerialNumber, pattern);

    /// <summary>
    /// Lists certificates in the order in which they were issued; those that end within some days by authority, state and end. The store is free for
    /// others between the pages.
    /// </summary>
    /// <remarks>While a page is enumerated, the next one is read; but not behind the small first page, which is all that many want.</remarks>
    /// <exception cref="CaAuthorityException">The filter's authority is unknown or ambiguous.</exception>
    public IEnumerable<CaCertificate> List(CertificateFilter filter, CancellationToken cancellation = default)
    {
        CertificateQuery query = ToQuery(filter);
        CertificateListing? listing = null;
        (List<CaCertificate> Page, bool IsLast) Read(int size) => _store.Read(unit => ReadPage(unit, listing ??= Begin(unit, filter, query), size), cancellation);
        Task<(List<CaCertificate> Page, bool IsLast)>? ahead = null;
        try
        {
            (List<CaCertificate> page, bool isLast) = Read(FirstPageSize);
            while (true)
            {
                foreach (CaCertificate certificate in page.Where(filter.Fits))
                    yield return certificate;
                if (isLast)
                    yield break;
                (page, isLast) = ahead is null ? Read(PageSize) : ahead.GetAwaiter().GetResult();
                ahead = isLast ? null : Task.Run(() => Read(PageSize));
            }
        }
        finally
        {
            // Who stops enumerating finds the store free. What went wrong with a page that nobody wants is nobody's error.
            if (ahead is not null)
                Task.WaitAny([ahead], CancellationToken.None);
        }
    }

    /// <summary>
    /// A page of certificates, searched and sorted. The indexes of the store answer for authority, status, end, common name and serial number, and so
    /// in a moment, whatever its size; a profile, and a text with <see cref="SearchScope.Contents"/>, are looked for certificate by certificate, a
    /// number of them for each page.
    /// </summary>
    /// <exception cref="CaCertificateException"><c>CertificateSearchInvalid</c>: page size, text or continuation cannot be.</exception>
    /// <exception cref="CaAuthorityException">The authority is unknown or ambiguous.</exception>
    public CertificateSearchPage Search(CertificateSearch search, CancellationToken cancellation = default)
    {
        var terms = new SearchTerms(search, _clock.GetUtcSecond());
        return _store.Read(
            unit =>
            {
                SearchResult result = unit.Certificates.Search(terms.ToQuery(unit), terms.After, search.PageSize, SearchTerms.MostRead);
                Dictionary<int, string> names = NamesOf(unit);
                return new CertificateSearchPage([.. result.Records.Select(record => Describe(unit, record, names))], terms.ToToken(result.Next), result.IsPartial);
            },
            cancellation);
    }

    private static CertificateListing Begin(StoreUnit unit, CertificateFilter filter, CertificateQuery query)
    {
        int? authority = filter.Authority is { } identity ? AuthorityFinder.Find(unit, identity).Id : null;
        return new CertificateListing(unit.Certificates, query with { AuthorityId = authority });
    }

    private (List<CaCertificate> Page, bool IsLast) ReadPage(StoreUnit unit, CertificateListing listing, int size)
    {
        Dictionary<int, string> names = NamesOf(unit);
        List<CaCertificate> page = [.. listing.Next(unit.Certificates, size).Select(record => Describe(unit, record, names))];
        return (page, listing.IsComplete);
    }

    private CertificateQuery ToQuery(CertificateFilter filter)
    {
        DateTime now = _clock.GetUtcSecond();
        CertificateStates states = CertificateStates.None;
        foreach (CertificateStatus status in filter.WantedStatus)
        {
            states |= status switch
            {
                CertificateStatus.Revoked => CertificateStates.Revoked,
                CertificateStatus.Suspended => CertificateStates.Suspended,
                CertificateStatus.Expired => CertificateStates.Valid | CertificateStates.Suspended,
                _ => CertificateStates.Valid,
            };
        }

        bool expiredToo = filter.WantedStatus.Contains(CertificateStatus.Expired) || filter.WantedStatus.Contains(CertificateStatus.Revoked);
        return new CertificateQuery
        {
            States = states,
            NotAfterFrom = expiredToo && filter.ExpiringWithinDays is null ? null : now,
            NotAfterTo = filter.ExpiringWithinDays is { } days ? now.AddDays(days) : null,
        };
    }

    private static Dictionary<int, string> NamesOf(StoreUnit unit) => unit.Authorities.All().ToDictionary(a => a.Id, a => a.Name);

    private CaCertificate Describe(StoreUnit unit, CertificateRecord record, Dictionary<int, string> names, string? keyPath = null) =>
        new(record, names[record.AuthorityId], _store.DatabasePath, unit.StoreId, _clock.GetUtcSecond(), keyPath);
}

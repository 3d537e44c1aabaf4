using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>Reads what stands on the front page, in one unit and by the indexes.</summary>
internal sealed class OverviewReader(CaStore store, DateTime now)
{
    private const int Listed = 10;
    private const int SoonDays = 30;
    private const int ResponderDays = 1;

    private static readonly CertificateStatus[] Live = [CertificateStatus.Valid, CertificateStatus.Suspended];

    private readonly CertificateSearch _endSoon = new()
    {
        Status = Live, EndsTo = now.AddDays(SoonDays), Sort = CertificateSort.NotAfter, PageSize = Listed,
    };

    private readonly CertificateSearch _recent = new() { Sort = CertificateSort.Issued, Direction = SortDirection.Descending, PageSize = Listed };

    public CaOverview Read(StoreUnit unit)
    {
        IReadOnlyList<AuthorityRecord> authorities = unit.Authorities.All();
        Dictionary<int, string> names = authorities.ToDictionary(authority => authority.Id, authority => authority.Name);
        List<CaCertificate> Describe(IEnumerable<CertificateRecord> records) => [.. records.Select(record => new CaCertificate(record, names[record.AuthorityId], store.DatabasePath, unit.StoreId, now))];
        int Count(CertificateSearch search) => unit.Certificates.Count(names.Keys, [.. SearchTerms.StatesOf(search.Status, null, search.EndsTo?.ToStored(), now)]);
        return new CaOverview
        {
            At = now.ToDisplayed(),
            EndSoon = Describe(Find(unit, _endSoon)),
            EndSoonCount = Count(_endSoon),
            RecentlyIssued = Describe(Find(unit, _recent)),
            RecentlyRevoked = Describe(LastRevoked(unit, names.Keys)),
            Counts = Enum.GetValues(typeof(CertificateStatus)).Cast<CertificateStatus>().ToDictionary(status => status, status => Count(new CertificateSearch { Status = [status] })),
            Authorities = [.. authorities.OrderBy(authority => authority.Name, StringComparer.OrdinalIgnoreCase).Select(authority => Health(unit, authority))],
        };
    }

    private IReadOnlyList<CertificateRecord> Find(StoreUnit unit, CertificateSearch search)
    {
        var terms = new SearchTerms(search, now);
        return unit.Certificates.Search(terms.ToQuery(unit), after: null, search.PageSize, SearchTerms.MostRead).Records;
    }

    /// <summary>By the entries of the coming CRLs: they are small, and name what is revoked and has not ended.</summary>
    private static IEnumerable<CertificateRecord> LastRevoked(StoreUnit unit, IEnumerable<int> authorities)
    {
        var last = new SortedSet<(long At, int Authority, string Serial)>();
        foreach (CrlEntryRecord entry in authorities.SelectMany(id => unit.CrlEntries.Entries(id)).Where(entry => !entry.IsAuthority))
        {
            last.Add((StoreTime.ToSeconds(entry.Revocation.RevokedAt), entry.AuthorityId, entry.SerialNumber));
            if (last.Count > Listed) last.Remove(last.Min);
        }

        return last.Reverse().ToList().Select(key => unit.Certificates.Find(key.Authority, key.Serial)).OfType<CertificateRecord>();
    }

    private AuthorityHealth Health(StoreUnit unit, AuthorityRecord authority)
    {
        CrlRecord? crl = unit.Crls.LatestComplete(authority.Id, string.Empty);
        DateTime? responder = unit.Certificates.ResponderEnd(authority.Id, now);
        return new AuthorityHealth
        {
            Authority = authority.Name,
            Status = CaAuthority.StatusOf(authority, now),
            NotAfter = authority.NotAfter.ToDisplayed(),
            HasKey = KeyFiles.HasKey(unit, authority),
            CrlNumber = crl?.Number,
            ThisUpdate = crl?.ThisUpdate.ToDisplayed(),
            NextUpdate = crl?.NextUpdate.ToDisplayed(),
            IsCrlOverdue = crl is not null && crl.NextUpdate <= now,
            ResponderNotAfter = responder?.ToDisplayed(),
            // What an authority that has ended issued has ended too; nobody asks any more.
            IsResponderDue = authority.NotAfter > now && (responder is { } end ? end <= now.AddDays(ResponderDays) : authority.OcspUrls.Count > 0),
        };
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

public sealed class SearchTests
{
    private static readonly CertificateStatus[][] States =
        [[], [CertificateStatus.Valid], [CertificateStatus.Expired], [CertificateStatus.Revoked, CertificateStatus.Suspended], [CertificateStatus.Valid, CertificateStatus.Expired]];

    [Fact]
    public void Every_search_in_every_order_finds_what_reading_all_finds()
    {
        using var store = new SearchStore(300);
        int found = 0;
        // One in three of them: every value of each part meets every value of each other.
        foreach (CertificateSearch search in Searches().Where((_, number) => number % 3 == 0))
        {
            string[] expected = [.. Expected(store, search)];
            string[] actual = [.. store.All(search).Select(certificate => certificate.SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal) + "/" + certificate.Authority)];
            Assert.True(expected.SequenceEqual(actual), $"{search}: {expected.Length} expected, {actual.Length} found");
            found += actual.Length;
        }

        Assert.True(found > 5_000);
    }

    [Fact]
    public void A_listing_goes_on_rightly_while_certificates_come_and_change()
    {
        using var store = new SearchStore(200);
        foreach (CertificateSort sort in Enum.GetValues<CertificateSort>())
        {
            CertificateSearch search = new() { Sort = sort, PageSize = 50 };
            CertificateSearchPage first = store.Engine.Certificates.Search(search);
            CertificateRecord last = store.Store.Read(unit => unit.Certificates.Find(
                unit.Authorities.FindByName(first.Certificates[49].Authority)!.Id, first.Certificates[49].SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal)))!;
            store.Store.Write(unit => unit.Certificates.Update(last with { Revocation = new(Samples.Start, RevocationReason.Unspecified, null) }));
            store.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("AA0" + (int)sort, days: 1)]));
            List<CaCertificate> rest = store.All(search with { After = first.Next });
            string[] seen = [.. first.Certificates.Concat(rest).Select(certificate => certificate.Authority + certificate.SerialNumber)];
            Assert.Equal(seen.Length, seen.Distinct().Count());
            Assert.True(seen.Length >= 200);
            store.Store.Write(unit => unit.Certificates.Update(last));
        }
    }

    [Fact]
    public void A_text_is_found_in_the_common_name_and_with_contents_in_subject_and_alternative_names()
    {
        using var store = new TestStore();
        store.Root();
        IssueOutcome outcome = store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root",
            Request = store.Csr("/CN=ignored"),
            SubjectAlternativeName = [GeneralName.Parse("DNS:Hidden.example.org"), GeneralName.Parse("IP:192.0.2.77")],
            Subject = DistinguishedName.Parse("/O=Wine & Sons/CN=a.example.com"),
        });
        Assert.Null(outcome.Error);
        store.Issue("/CN=b.example.com");
        int Count(string text, SearchScope scope) => store.Engine.Certificates.Search(new CertificateSearch { Text = text, Scope = scope }).Certificates.Count;
        Assert.Equal((1, 2, 0, 0, 0), (Count("A.EXAM", SearchScope.Names), Count(" example ", SearchScope.Names), Count("hidden", SearchScope.Names), Count("wine", SearchScope.Names), Count("none", SearchScope.Names)));
        Assert.Equal((1, 2, 1, 1, 1, 0), (
            Count("A.EXAM", SearchScope.Contents), Count("example.com", SearchScope.Contents), Count("hidden.EXAMPLE.org", SearchScope.Contents), Count("wine & s", SearchScope.Contents),
            Count("192.0.2.7", SearchScope.Contents), Count("Example Root", SearchScope.Contents)));
        string serial = outcome.Certificate!.SerialNumber;
        Assert.Equal((1, 1, 1), (Count(serial, SearchScope.Names), Count(serial[..11].ToLowerInvariant(), SearchScope.Names), Count(serial[..10], SearchScope.Contents)));
    }

    [Fact]
    public void A_page_that_reads_certificates_ends_early_and_goes_on()
    {
        using var store = new SearchStore(SearchTerms.MostRead + 300);
        CertificateSearch rare = new() { Profile = "no such profile" };
        CertificateSearchPage page = store.Engine.Certificates.Search(rare);
        Assert.True(page is { IsPartial: true, Certificates.Count: 0, Next: not null });
        page = store.Engine.Certificates.Search(rare with { After = page.Next });
        Assert.True(page is { IsPartial: false, Certificates.Count: 0, Next: null });
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(201, null, null)]
    [InlineData(50, "x", null)]
    [InlineData(50, null, "")]
    [InlineData(50, null, "not base64!")]
    [InlineData(50, null, "AA")]
    [InlineData(50, null, "BgAAAAAAAAAB")]
    public void What_cannot_be_is_refused(int size, string? text, string? after)
    {
        using var store = new TestStore();
        CertificateSearch search = new() { PageSize = size, Text = text is null ? null : new string('x', 201), After = after };
        Assert.Equal("CertificateSearchInvalid", Assert.Throws<CaCertificateException>(() => store.Engine.Certificates.Search(search)).ErrorId);
    }

    [Fact]
    public void An_empty_store_has_an_empty_page_and_an_unknown_authority_is_an_error()
    {
        using var store = new TestStore();
        Assert.Empty(store.Engine.Certificates.Search(new CertificateSearch { Text = "a" }).Certificates);
        Assert.Equal("AuthorityNotFound", Assert.Throws<CaAuthorityException>(() => store.Engine.Certificates.Search(new CertificateSearch { Authority = "nobody" })).ErrorId);
    }

    private static IEnumerable<CertificateSearch> Searches() =>
        from sort in Enum.GetValues<CertificateSort>()
        from direction in Enum.GetValues<SortDirection>()
        from text in new[] { null, "mail1", "ÜN", "7A0000", "e" }
        from authority in new[] { null, "Beta" }
        from status in States
        from ends in new[] { (From: (int?)null, To: (int?)null), (10, 30) }
        from profile in new[] { null, "Client" }
        where profile is null || text is null
        select new CertificateSearch
        {
            Sort = sort, Direction = direction, Text = text, Authority = authority is null ? null : new AuthorityIdentity(authority), Status = status, Profile = profile, PageSize = 100,
            EndsFrom = ends.From is { } first ? Samples.Start.AddDays(first) : null, EndsTo = ends.To is { } last ? Samples.Start.AddDays(last) : null,
        };

    private static IEnumerable<string> Expected(SearchStore store, CertificateSearch search)
    {
        string[] names = ["Alpha", "Beta", "Gamma"];
        DateTime now = store.Clock.GetUtcNow().UtcDateTime;
        var found = store.Records.Select((record, number) => (Record: record, Number: number)).Where(pair =>
        {
            CertificateRecord record = pair.Record;
            CertificateStatus status = record.Revocation is { Reason: not RevocationReason.CertificateHold } ? CertificateStatus.Revoked
                : record.NotAfter <= now ? CertificateStatus.Expired : record.Revocation is null ? CertificateStatus.Valid : CertificateStatus.Suspended;
            return (search.Authority is null || names[record.AuthorityId - 1] == search.Authority.Text)
                && (search.Status.Count == 0 || search.Status.Contains(status))
                && (search.EndsFrom is null || record.NotAfter >= search.EndsFrom) && (search.EndsTo is null || record.NotAfter <= search.EndsTo)
                && (search.Profile is null || string.Equals(record.Profile, search.Profile, StringComparison.OrdinalIgnoreCase))
                && (search.Text is null || record.CommonName.Contains(search.Text, StringComparison.OrdinalIgnoreCase) || record.SerialNumber.StartsWith(search.Text, StringComparison.OrdinalIgnoreCase));
        }).ToList();
        found.Sort((left, right) => Compare(left, right, search.Sort));
        if (search.Direction == SortDirection.Descending)
            found.Reverse();
        return found.Select(pair => pair.Record.SerialNumber + "/" + names[pair.Record.AuthorityId - 1]);
    }

    private static int Compare((CertificateRecord Record, int Number) left, (CertificateRecord Record, int Number) right, CertificateSort sort)
    {
        int byNumber = left.Number.CompareTo(right.Number);
        int bySerial = string.CompareOrdinal(left.Record.SerialNumber, right.Record.SerialNumber);
        int byAuthority = left.Record.AuthorityId.CompareTo(right.Record.AuthorityId);
        int First(params int[] orders) => orders.FirstOrDefault(order => order != 0);
        return sort switch
        {
            CertificateSort.NotAfter => First(left.Record.NotAfter.CompareTo(right.Record.NotAfter), byAuthority, bySerial),
            CertificateSort.SerialNumber => First(bySerial, byAuthority),
            CertificateSort.CommonName => First(
                StatusKey.Compare(CertificateDocument.CommonNameKey(left.Record.CommonName), CertificateDocument.CommonNameKey(right.Record.CommonName)), byNumber),
            _ => byNumber,
        };
    }
}

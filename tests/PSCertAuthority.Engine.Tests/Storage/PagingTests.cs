using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class PagingTests
{
    [Fact]
    public void Pages_give_every_certificate_once_also_with_equal_ends()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany(
            [.. Enumerable.Range(0, 300).Select(i => Samples.Certificate(Samples.Serial(i), authority: 1 + (i % 3) * 200, days: 10 + (i % 2)))]));
        List<CertificateRecord> all = Walk(temporary.Store, new(), 7);
        Assert.Equal(300, all.Select(record => record.SerialNumber).Distinct().Count());
        Assert.Equal(300, all.Count);
        Assert.Equal(100, Walk(temporary.Store, new() { AuthorityId = 201 }, 100).Count);
    }

    [Fact]
    public void A_query_gives_its_states_and_its_ends_alone()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany(
        [
            Samples.Certificate("01", days: 5), Samples.Certificate("02", days: 10), Samples.Certificate("03", days: 15),
            Samples.Certificate("04", days: 10, revoked: RevocationReason.Superseded),
            Samples.Certificate("05", days: 10, revoked: RevocationReason.CertificateHold),
        ]));
        CertificateQuery tenth = new() { NotAfterFrom = Samples.Start.AddDays(10), NotAfterTo = Samples.Start.AddDays(10) };
        Assert.Equal(["02", "05", "04"], Walk(temporary.Store, tenth, 2).Select(record => record.SerialNumber));
        Assert.Equal(["02"], Walk(temporary.Store, tenth with { States = CertificateStates.Valid }, 2).Select(record => record.SerialNumber));
        CertificateQuery early = new() { States = CertificateStates.Valid, NotAfterTo = Samples.Start.AddDays(10) };
        Assert.Equal(["01", "02"], Walk(temporary.Store, early, 5).Select(record => record.SerialNumber));
    }

    [Fact]
    public void A_listing_goes_on_rightly_while_rows_are_added_and_changed()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany(
            [.. Enumerable.Range(0, 20).Select(i => Samples.Certificate(Samples.Serial(i * 2)))]));
        CertificateQuery valid = new() { States = CertificateStates.Valid };
        CertificatePage page = temporary.Store.Read(unit => unit.Certificates.Page(valid, null, 5));
        temporary.Store.Write(unit =>
        {
            unit.Certificates.InsertMany([Samples.Certificate(Samples.Serial(1)), Samples.Certificate(Samples.Serial(9))]);
            unit.Certificates.Update(page.Records[4] with { Revocation = new(Samples.Start, RevocationReason.Unspecified, null) });
        });
        List<CertificateRecord> rest = Walk(temporary.Store, valid, 5, page.Next);
        Assert.Equal(Samples.Serial(9), rest[0].SerialNumber);
        Assert.Equal(16, rest.Count);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(100, false)]
    [InlineData(200, false)]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(200, true)]
    public void What_is_issued_while_a_listing_is_read_is_not_in_it(int size, bool byEnd)
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany([.. Enumerable.Range(0, 100).Select(i => Samples.Certificate(Samples.Serial(i), days: 10))]));
        int issued = 100;
        int listed = 0;
        foreach (CertificateRecord _ in List(temporary.Store, new() { NotAfterTo = byEnd ? Samples.Start.AddDays(30) : null }, size).Take(500))
        {
            listed++;
            temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate(Samples.Serial(issued++), days: 20)]));
        }

        Assert.Equal(100, listed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void A_listing_gives_each_once_in_the_order_of_issue_also_while_all_are_revoked(int size)
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany(
            [.. Enumerable.Range(0, 100).Select(i => Samples.Certificate(Samples.Serial((i * 37) % 100), authority: 1 + (i % 3), days: 10 + (i % 4)))]));
        var listed = new List<CertificateRecord>();
        foreach (CertificateRecord record in List(temporary.Store, new(), size))
        {
            listed.Add(record);
            temporary.Store.Write(unit => unit.Certificates.Update(record with { Revocation = new(Samples.Start, RevocationReason.Superseded, null) }));
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => Samples.Serial((i * 37) % 100)), listed.Select(record => record.SerialNumber));
        Assert.Equal(33, List(temporary.Store, new() { AuthorityId = 3 }, size).Count());
        Assert.Empty(List(temporary.Store, new() { AuthorityId = 4 }, size));
        Assert.Empty(List(temporary.Store, new() { States = CertificateStates.Valid }, size));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void Few_of_many_are_listed_in_the_order_of_issue_if_they_still_fit(int size)
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany(
        [
            .. Enumerable.Range(0, 4000).Select(i => Samples.Certificate(Samples.Serial(i), days: 10 + (i % 7), revoked: i % 1000 == 999 ? RevocationReason.CertificateHold : null)),
        ]));
        CertificateQuery suspended = new() { States = CertificateStates.Suspended };
        (int few, int all) = temporary.Store.Read(unit => (unit.Certificates.CountBlocks(suspended), unit.Certificates.CountBlocks(new())));
        Assert.InRange(few * 8, 1, all - 1);
        Assert.Equal([Samples.Serial(999), Samples.Serial(1999), Samples.Serial(2999), Samples.Serial(3999)], List(temporary.Store, suspended, size).Select(record => record.SerialNumber));

        CertificateListing listing = temporary.Store.Read(unit => new CertificateListing(unit.Certificates, suspended));
        temporary.Store.Write(unit =>
        {
            unit.Certificates.Remove(1, Samples.Serial(999));
            unit.Certificates.Update(unit.Certificates.Find(1, Samples.Serial(2999))! with { Revocation = null });
        });
        Assert.Equal([Samples.Serial(1999), Samples.Serial(3999)], temporary.Store.Read(unit => listing.Next(unit.Certificates, 10)).Select(record => record.SerialNumber));
        Assert.True(listing.IsComplete);
    }

    [Fact]
    public void What_is_asked_for_by_its_end_comes_in_the_order_of_the_ends()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01", days: 9), Samples.Certificate("02", days: 5), Samples.Certificate("03", days: 7), Samples.Certificate("04", days: 20)]));
        Assert.Equal(["02", "03", "01"], List(temporary.Store, new() { NotAfterTo = Samples.Start.AddDays(10) }, 2).Select(record => record.SerialNumber));
    }

    private static IEnumerable<CertificateRecord> List(CaStore store, CertificateQuery query, int size)
    {
        CertificateListing? listing = null;
        do
        {
            foreach (CertificateRecord record in store.Read(unit => (listing ??= new CertificateListing(unit.Certificates, query)).Next(unit.Certificates, size)))
                yield return record;
        }
        while (!listing!.IsComplete);
    }

    private static List<CertificateRecord> Walk(CaStore store, CertificateQuery query, int size, byte[]? after = null)
    {
        var all = new List<CertificateRecord>();
        for (bool first = true; first || after is not null; first = false)
        {
            CertificatePage page = store.Read(unit => unit.Certificates.Page(query, after, size));
            all.AddRange(page.Records);
            after = page.Next;
        }

        return all;
    }
}

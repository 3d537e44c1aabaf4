using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class CertificateGroupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_table_does_what_a_dictionary_does(int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        var expected = new Dictionary<string, CertificateRecord>();
        int issued = 0;
        for (int round = 0; round < 25; round++)
        {
            temporary.Store.Write(unit =>
            {
                for (int i = 0; i < 12; i++) Act(unit, expected, random, ref issued);
            });
        }

        temporary.Store.Read(unit =>
        {
            IReadOnlyList<StoredCertificate> all = unit.Certificates.PageOfRecords(0, int.MaxValue);
            Assert.Equal(expected.Keys.Order(), all.Select(stored => stored.ToRecord().SerialNumber).Order());
            Assert.Equal(all.Select(stored => stored.Number).Order(), all.Select(stored => stored.Number));
            Assert.All(expected.Values, record => AssertSame(record, unit.Certificates.Find(1, record.SerialNumber)!));
            Assert.Equal((expected.Count, expected.Count, expected.Count, expected.Count), unit.Certificates.CountIndexes());
            Assert.All(all, stored => Assert.True(unit.Certificates.KeysFit(stored.ToRecord(), stored.Number)));
            return true;
        });
    }

    [Fact]
    public void What_was_removed_gives_its_pages_back()
    {
        using var temporary = new TemporaryStore();
        long Fill(int from)
        {
            temporary.Store.Write(unit => unit.Certificates.InsertMany([.. Enumerable.Range(from, 600).Select(number => Record(number, 600))]));
            temporary.Store.Write(unit => unit.Certificates.RemoveAll(1));
            return new FileInfo(temporary.Store.DatabasePath).Length;
        }

        long once = Fill(0);
        // A few pages come with where the new keys fall in the indexes.
        Assert.InRange(Fill(600), once, once + (once / 10));
        Assert.Empty(temporary.Store.Read(unit => unit.Certificates.PageOfRecords(0, 10)));
    }

    [Fact]
    public void Octets_that_are_no_group_are_refused()
    {
        var group = new CertificateGroup(3) { [37] = [1, 2, 3] };
        byte[] octets = group.ToOctets();
        Assert.Equal([1, 2, 3], new CertificateGroup(3, octets)[37]);
        Assert.Null(new CertificateGroup(3, octets)[38]);
        for (int length = 0; length < octets.Length; length++)
            Assert.Throws<FormatException>(() => new CertificateGroup(3, octets[..length]));
        Assert.Throws<FormatException>(() => new CertificateGroup(3, [.. octets, 0]));
    }

    [Fact]
    public void Where_a_certificate_was_is_looked_at_first_and_not_believed()
    {
        using var temporary = new TemporaryStore();
        CertificateRecord one = Record(1, 500), other = Record(2, 500);
        temporary.Store.Write(unit => unit.Certificates.InsertMany([one, other]));
        temporary.Store.Write(unit =>
        {
            unit.Certificates.ReadAhead([1, 2, 2, 700]);
            foreach (long? number in (long?[])[null, 1, 2, 3, 700])
                Assert.Equal(2, unit.Certificates.Find(1, other.SerialNumber, number)!.Number);
            Assert.Null(unit.Certificates.Find(2, other.SerialNumber, 2));
            unit.Certificates.Update(other with { Number = 1, Profile = "client" });
            Assert.Equal("client", unit.Certificates.Find(1, other.SerialNumber, 2)!.Profile);
        });
        Assert.Equal("client", temporary.Store.Read(unit => unit.Certificates.Find(1, other.SerialNumber))!.Profile);
        AssertSame(one, temporary.Store.Read(unit => unit.Certificates.Find(1, one.SerialNumber))!);
    }

    private static void Act(StoreUnit unit, Dictionary<string, CertificateRecord> expected, Random random, ref int issued)
    {
        int act = random.Next(4);
        if (act < 2 || expected.Count == 0)
        {
            CertificateRecord[] added = [.. Enumerable.Range(issued, random.Next(1, 20)).Select(number => Record(number, random.Next(10) == 0 ? 20_000 : random.Next(300, 2500)))];
            issued += added.Length;
            unit.Certificates.InsertMany(added);
            foreach (CertificateRecord record in added) expected.Add(record.SerialNumber, record);
            return;
        }

        CertificateRecord chosen = expected.Values.ElementAt(random.Next(expected.Count));
        if (act == 2)
        {
            expected[chosen.SerialNumber] = chosen = chosen with { Revocation = new(chosen.NotBefore, RevocationReason.Superseded, null), Watchers = ["ops@example.com"] };
            unit.Certificates.Update(chosen);
        }
        else
        {
            Assert.True(unit.Certificates.Remove(1, chosen.SerialNumber));
            expected.Remove(chosen.SerialNumber);
        }
    }

    private static CertificateRecord Record(int number, int length)
    {
        var octets = new byte[length];
        new Random(number).NextBytes(octets);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return new()
        {
            SerialNumber = $"4{number:X15}", AuthorityId = 1, Subject = $"/CN=host{number}", CommonName = $"host{number}", Profile = "webserver",
            NotBefore = start, NotAfter = start.AddDays(number % 700), IssuedAt = start, Certificate = octets,
        };
    }

    private static void AssertSame(CertificateRecord expected, CertificateRecord actual)
    {
        Assert.Equal(expected.Certificate, actual.Certificate);
        Assert.Equal((expected.Subject, expected.NotAfter, expected.Revocation), (actual.Subject, actual.NotAfter, actual.Revocation));
        Assert.Equal(expected.Watchers, actual.Watchers);
    }
}

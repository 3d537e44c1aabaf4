using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

public sealed class TableTests
{
    [Fact]
    public void An_authority_comes_back_as_it_was_stored()
    {
        using var temporary = new TemporaryStore();
        AuthorityRecord stored = temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
        AuthorityRecord found = temporary.Store.Read(unit => unit.Authorities.FindByName("ROOT"))!;
        Assert.Equal(1, stored.Id);
        Assert.Equivalent(stored, found, strict: true);
        Assert.Equal(System.DateTimeKind.Utc, found.NotAfter.Kind);
        Assert.Single(temporary.Store.Read(unit => unit.Authorities.FindBySerialPrefix("75b")));
        Assert.Single(temporary.Store.Read(unit => unit.Authorities.FindByCommonName("root")));
        temporary.Store.Write(unit => unit.Authorities.Update(stored with { Enabled = false, LastCrlNumber = 7 }));
        Assert.Equal(7, temporary.Store.Read(unit => unit.Authorities.FindById(1))!.LastCrlNumber);
    }

    [Fact]
    public void A_certificate_is_found_by_serial_prefix_and_common_name()
    {
        using var temporary = new TemporaryStore();
        CertificateRecord record = Samples.Certificate("0A1B2C", revoked: RevocationReason.CertificateHold);
        temporary.Store.Write(unit => unit.Certificates.InsertMany([record, Samples.Certificate("0A1B2D"), Samples.Certificate("FF")]));
        Assert.Equivalent(record with { Number = 1 }, temporary.Store.Read(unit => unit.Certificates.Find(1, "0A1B2C")), strict: true);
        Assert.Equal(2, temporary.Store.Read(unit => unit.Certificates.FindBySerialPrefix("0a1", 10)).Count);
        Assert.Equal("FF", temporary.Store.Read(unit => unit.Certificates.FindByCommonName("HOSTff", 10)).Single().SerialNumber);
        Assert.True(temporary.Store.Read(unit => unit.Certificates.Exists(1, "FF")));
        Assert.False(temporary.Store.Read(unit => unit.Certificates.Exists(2, "FF")));
        Assert.Equal(new CertificateCounts(2, 1, 0), temporary.Store.Read(unit => unit.Status()).Certificates);
    }

    [Fact]
    public void The_feed_is_in_serial_order_and_apart_from_other_authorities()
    {
        using var temporary = new TemporaryStore();
        RevocationRecord why = new(Samples.Start, RevocationReason.KeyCompromise, Samples.Start);
        string[] serials = ["FF", "01", "80AA", "7F"];
        temporary.Store.Write(unit => unit.CrlEntries.AddMany(serials.Select(s => new CrlEntryRecord(1, s, Samples.Start, why))));
        temporary.Store.Write(unit => unit.CrlEntries.Add(new(2, "05", Samples.Start, why)));
        List<CrlEntryRecord> entries = temporary.Store.Read(unit => unit.CrlEntries.Entries(1).ToList());
        Assert.Equal(["01", "7F", "80AA", "FF"], entries.Select(entry => entry.SerialNumber));
        Assert.Equal(why, entries[0].Revocation);
        Assert.True(temporary.Store.Write(unit => unit.CrlEntries.Remove(1, "7F")));
        Assert.False(temporary.Store.Write(unit => unit.CrlEntries.Remove(1, "7F")));
    }

    [Fact]
    public void The_latest_crl_is_the_one_with_the_highest_number()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit =>
        {
            foreach (long number in new[] { 2L, 300, 1 }) unit.Crls.Insert(new(1, number, Samples.Start, Samples.Start, 5));
            unit.Crls.Insert(new(2, 999, Samples.Start, Samples.Start, 5));
        });
        Assert.Equal(300, temporary.Store.Read(unit => unit.Crls.Latest(1))!.Number);
        Assert.Null(temporary.Store.Read(unit => unit.Crls.Latest(3)));
    }

    [Fact]
    public void Taken_names_and_keys_are_refused_and_missing_records_named()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority()));
        temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")]));
        AssertError.Id("AuthorityNameExists", () => temporary.Store.Write(unit => unit.Authorities.Insert(Samples.Authority("rOOT"))));
        AssertError.Id("RecordExists", () => temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("01")])));
        AssertError.Id("RecordNotFound", () => temporary.Store.Write(unit => unit.Certificates.Update(Samples.Certificate("02"))));
    }
}

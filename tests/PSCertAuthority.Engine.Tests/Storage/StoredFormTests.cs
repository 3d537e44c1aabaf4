using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using PSCertAuthority.Audit;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Web;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

/// <summary>What the store could not read again is never stored, whatever kind of record it is: an error of what was given, and nothing has changed.</summary>
public sealed class StoredFormTests
{
    private const string Half = "x\ud800y";

    private static readonly Dictionary<string, Action<StoreUnit>> Writes = MakeWrites();

    public static TheoryData<string> Refused => new(Writes.Keys);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Is_refused_before_anything_is_stored(string what)
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit =>
        {
            unit.Authorities.Insert(Samples.Authority());
            unit.Certificates.InsertMany([Samples.Certificate("AA")]);
        });
        CaStoreException error = AssertError.Id("RecordInvalid", () => temporary.Store.Write(Writes[what]));
        Assert.DoesNotContain("damaged", error.Message, StringComparison.OrdinalIgnoreCase);
        temporary.Store.Read(unit =>
        {
            Assert.Equal("Root", Assert.Single(unit.Authorities.All()).Name);
            Assert.Null(Assert.Single(unit.Certificates.PageByNumber(0, 10)).Revocation);
            Assert.Empty(unit.CrlEntries.Entries(1));
            Assert.Empty(unit.CrlResumptions.Entries(1));
            Assert.Null(unit.Crls.Latest(1));
            Assert.Empty(unit.WebUsers.All());
            Assert.Equal(BuiltInProfiles.All.Count, unit.Profiles.Read().All.Count);
            return unit.Settings.Read();
        });
    }

    [Fact]
    public void A_good_one_beside_it_in_a_transaction_of_its_own_is_stored()
    {
        using var temporary = new TemporaryStore();
        AssertError.Id("RecordInvalid", () => temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("AA"), Samples.Certificate("BB") with { Subject = Half }])));
        temporary.Store.Write(unit => unit.Certificates.InsertMany([Samples.Certificate("AA")]));
        Assert.Equal(1, temporary.Store.Read(unit => unit.Certificates.Count()));
    }

    [Fact]
    public void An_audit_record_never_keeps_anybody_from_acting()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Write(unit => unit.Record(AuditAct.CertificateIssued, Half, Half));
        AuditEntry entry = temporary.Store.Read(unit => unit.Audit.Last()!.Entries.Single());
        Assert.Equal("x\ufffdy", entry.Target);
    }

    [Fact]
    public void So_many_acts_that_no_document_holds_them_are_stored()
    {
        using var temporary = new TemporaryStore();
        var text = new string('\u20ac', 10_000);
        temporary.Store.Write(unit =>
        {
            for (int i = 0; i < 2000; i++)
                unit.Record(AuditAct.WatcherAdded, text, $"{i}");
        });
        AuditGroup[] groups = [.. temporary.Store.Read(unit => unit.Audit.Page(0, 1000).ToList())];
        Assert.Equal(2000, groups.Sum(group => group.Entries.Count));
        Assert.True(groups.Length > 1);
        Assert.All(groups.Zip(groups.Skip(1)), pair => Assert.True(pair.Second.Follows(pair.First)));
    }

    private static Dictionary<string, Action<StoreUnit>> MakeWrites()
    {
        var writes = new Dictionary<string, Action<StoreUnit>>();
        void EachText<T>(T record, Action<StoreUnit, T> write)
            where T : class
        {
            foreach (PropertyInfo property in typeof(T).GetProperties().Where(p => p.SetMethod is not null && (p.PropertyType == typeof(string) || p.PropertyType == typeof(IReadOnlyList<string>))))
            {
                object value = property.PropertyType == typeof(string) ? Half : new[] { Half };
                writes.Add($"{typeof(T).Name}.{property.Name}: half a pair", unit => write(unit, With(record, property, value)));
                if (property.PropertyType == typeof(string) && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull)
                    writes.Add($"{typeof(T).Name}.{property.Name}: nothing", unit => write(unit, With(record, property, null)));
            }
        }

        EachText(Samples.Authority("Sub", "BB"), (unit, record) => unit.Authorities.Insert(record));
        EachText(Samples.Certificate("CC"), (unit, record) => unit.Certificates.InsertMany([record]));
        foreach (string serial in (string[])["-05", "5", "XY", "0x05", "75:BC", string.Empty, "bc1", new string('A', 4000)])
        {
            string name = serial.Length > 10 ? "long" : serial;
            writes.Add($"authority with the serial number '{name}'", unit => unit.Authorities.Insert(Samples.Authority("Sub", serial)));
            writes.Add($"certificate with the serial number '{name}'", unit => unit.Certificates.InsertMany([Samples.Certificate("CC") with { SerialNumber = serial }]));
            writes.Add($"CRL entry with the serial number '{name}'", unit => unit.CrlEntries.Put(Entry(serial, RevocationReason.Superseded)));
            writes.Add($"CRL entries with the serial number '{name}'", unit => unit.CrlEntries.AddMany([Entry(serial, RevocationReason.Superseded)]));
            writes.Add($"resumption of the serial number '{name}'", unit => unit.CrlResumptions.Put(new CrlResumptionRecord(1, serial, Samples.Start, Samples.Start, false, null, 1)));
        }

        foreach (int reason in (int[])[7, 11, 99, -1])
        {
            var revocation = new RevocationRecord(Samples.Start, (RevocationReason)reason, null);
            writes.Add($"CRL entry with the reason {reason}", unit => unit.CrlEntries.Put(Entry("CC", (RevocationReason)reason)));
            writes.Add($"certificate with the reason {reason}", unit => unit.Certificates.InsertMany([Samples.Certificate("CC") with { Revocation = revocation }]));
            writes.Add($"changed certificate with the reason {reason}", unit => unit.Certificates.Update(Samples.Certificate("AA") with { Revocation = revocation }));
            writes.Add($"changed authority with the reason {reason}", unit => unit.Authorities.Update(unit.Authorities.All()[0] with { Revocation = revocation }));
        }

        writes.Add("certificate of more than a megabyte", unit => unit.Certificates.InsertMany([Samples.Certificate("CC") with { Certificate = new byte[2_000_000] }]));
        writes.Add("authority of more than a document", unit => unit.Authorities.Insert(Samples.Authority("Sub", "BB") with { Certificate = new byte[17_000_000] }));
        writes.Add("CRL about half a pair", unit => unit.Crls.Insert(new CrlRecord(1, 1, Samples.Start, Samples.Start, 0, null, Half)));
        writes.Add("setting with half a pair", unit => unit.Settings.Write("MailServer", [Half]));
        writes.Add("setting with a name that is no key", unit => unit.Settings.Write(new string('x', 5000), ["a"]));
        writes.Add("notice to half a pair", unit => unit.Notices.Put(Notice(Half)));
        writes.Add("notice to an address that is no key", unit => unit.Notices.Put(Notice(new string('x', 5000))));
        writes.Add("profile with half a pair", unit => unit.Profiles.Write(new CertificateProfile { Name = "odd", Description = Half }));
        writes.Add("profile with a word of nowhere", unit => unit.Profiles.Write(new CertificateProfile { Name = "odd", Description = "x", AllowedKeyTypes = [(KeyType)99] }));
        EachText(User(), (unit, record) => unit.WebUsers.Insert(record));
        writes.Add("web user of no role", unit => unit.WebUsers.Insert(User() with { Role = (WebRole)99 }));
        return writes;
    }

    private static CrlEntryRecord Entry(string serial, RevocationReason reason) => new(1, serial, Samples.Start, new RevocationRecord(Samples.Start, reason, null));

    private static NoticeRecord Notice(string address) => new() { AuthorityId = 1, SerialNumber = "AA", Address = address, Day = 3, Run = Guid.NewGuid(), At = Samples.Start };

    private static WebUserRecord User() => new()
    {
        Name = "ann",
        Role = WebRole.Viewer,
        Enabled = true,
        PasswordHash = PasswordHash.Nobody,
        SecurityStamp = "1",
        CreatedAt = Samples.Start,
    };

    private static T With<T>(T record, PropertyInfo property, object? value)
        where T : class
    {
        var copy = (T)typeof(T).GetMethod("<Clone>$")!.Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }
}

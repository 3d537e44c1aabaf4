using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LiteDB;
using PSCertAuthority.Certificates;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Fuzz;
using Xunit;

namespace PSCertAuthority.Tests.Maintenance;

public sealed class StoreTestTests : IDisposable
{
    private readonly TestStore _store = new();

    public StoreTestTests()
    {
        _store.Root();
        _store.Issuing();
        CaCertificate[] certificates = [.. Enumerable.Range(0, 5).Select(i => _store.Issue($"/CN=c{i}.example.com", "Issuing"))];
        _store.Engine.Revocations.Revoke(certificates[0], RevocationReason.KeyCompromise, null);
        _store.Engine.Crls.Create("Issuing", null, TimeSpan.FromHours(1));
        _store.Engine.Revocations.Revoke(certificates[1], RevocationReason.CertificateHold, null);
    }

    [Fact]
    public void A_sound_store_passes()
    {
        var told = new List<StoreProgress>();
        CaStoreTestResult result = _store.Engine.Care.Test(told.Add);
        Assert.Empty(result.Findings);
        Assert.True(result.Passed);
        Assert.Equal((2L, 5L, 2L, 10L), (result.Authorities, result.Certificates, result.CrlEntries, result.AuditRecords));
        Assert.Contains(told, progress => progress is { Done: 5, Total: 5 });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_store_that_is_read_in_parts_passes(int atOnce)
    {
        using var inspection = new StoreInspection(new CaStore(_store.StorePath), _ => { }, default) { CertificatesAtOnce = atOnce, KeysAtOnce = atOnce };
        CaStoreTestResult result = inspection.Run();
        Assert.Empty(result.Findings);
        Assert.Equal((5L, 2L), (result.Certificates, result.CrlEntries));
    }

    [Fact]
    public void What_others_change_meanwhile_is_no_finding()
    {
        bool changed = false;
        CaStoreTestResult result = _store.Engine.Care.Test(progress =>
        {
            if (changed || progress.Activity != "Checking certificates")
                return;
            changed = true;
            _store.Engine.Revocations.Revoke(_store.Issue("/CN=late.example.com", "Issuing"), RevocationReason.Superseded, null);
        });
        Assert.True(changed);
        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData("certificates_by_serial", "c3.example.com", "IndexMismatch")]
    [InlineData("certificates_by_status", "c3.example.com", "IndexMismatch")]
    [InlineData("certificates_by_name", "c3.example.com", "IndexMismatch")]
    [InlineData("certificates_of_responders", "responder", "IndexMismatch")]
    [InlineData("crl_entries", "c1.example.com", "CrlEntryMismatch")]
    public void An_index_that_has_a_certificate_otherwise_is_named(string collection, string name, string kind)
    {
        Assert.NotNull(_store.TryIssue(new CertificateIssueRequest { Authority = "Issuing", Request = _store.Csr("/CN=ignored"), Subject = DistinguishedName.Parse("/CN=responder"), Profile = "ocsp" }).Certificate);
        string target = string.Empty;
        new CaStore(_store.StorePath).Write(unit =>
        {
            CertificateRecord record = unit.Certificates.FindByCommonName(name, 1).Single();
            target = record.AuditName;
            (byte[] key, byte[] value) = collection == "crl_entries"
                ? (CertificateDocument.SerialKey(record.AuthorityId, record.SerialNumber), CrlEntryValue.From(new(record.AuthorityId, record.SerialNumber, record.NotAfter, record.Revocation! with { Reason = RevocationReason.Superseded })))
                : CertificateIndexes.EntriesOf(record, record.Number!.Value).Where(entry => IsOf(collection, entry.Index)).Select(entry => (entry.Key, SequenceNumber.ToValue(99))).Single();
            KeyTree tree = unit.Tree(collection);
            Assert.True(tree.Remove(key));
            if (collection == "certificates_by_name")
                key = [.. key[..^1], (byte)(key[^1] ^ 64)];
            tree.Insert(key, value);
            tree.Flush();
        });
        CaStoreFinding finding = Assert.Single(_store.Engine.Care.Test().Findings);
        Assert.Equal((kind, target), (finding.Kind, finding.Target));
    }

    [Theory]
    [InlineData("SignatureInvalid")]
    [InlineData("SignatureInvalid", true)]
    [InlineData("RecordMismatch")]
    [InlineData("CertificateDamaged")]
    [InlineData("CrlEntryMismatch")]
    [InlineData("CrlEntryMissing")]
    [InlineData("AuthorityMissing")]
    public void What_is_wrong_with_a_certificate_is_named(string kind, bool ofNoWholeOctets = false)
    {
        var internals = new CaStore(_store.StorePath);
        CertificateRecord record = internals.Read(unit => unit.Certificates.FindByCommonName(kind.StartsWith("Crl", StringComparison.Ordinal) ? "c0.example.com" : "c4.example.com", 1).Single());
        internals.Write(unit =>
        {
            switch (kind)
            {
                case "SignatureInvalid":
                    byte[] der = [.. record.Certificate];
                    der[^1] ^= 1;
                    if (ofNoWholeOctets)
                        der = WithLooseBit(der);
                    unit.Certificates.Update(record with { Certificate = der });
                    break;
                case "RecordMismatch":
                    unit.Certificates.Update(record with { NotAfter = record.NotAfter.AddDays(1) });
                    break;
                case "CertificateDamaged":
                    unit.Certificates.Update(record with { Certificate = [1, 2, 3] });
                    break;
                case "CrlEntryMismatch":
                    unit.Certificates.Update(record with { Revocation = null });
                    break;
                case "CrlEntryMissing":
                    unit.CrlEntries.Remove(record.AuthorityId, record.SerialNumber);
                    break;
                default:
                    unit.Certificates.InsertMany([record with { AuthorityId = 99 }]);
                    break;
            }
        });
        CaStoreFinding finding = Assert.Single(_store.Engine.Care.Test().Findings);
        Assert.Equal((FindingSeverity.Error, kind, record.AuditName), (finding.Severity, finding.Kind, finding.Target));
    }

    [Fact]
    public void A_crl_number_that_would_be_used_twice_is_named()
    {
        var internals = new CaStore(_store.StorePath);
        internals.Write(unit => unit.Authorities.Update(unit.Authorities.FindByName("Issuing")! with { LastCrlNumber = 0 }));
        Assert.Equal("CrlNumberReused", Assert.Single(_store.Engine.Care.Test().Findings).Kind);
    }

    [Theory]
    [InlineData("audit", "account", 3, "AuditChainBroken", "audit record 3")]
    [InlineData("audit", null, 4, "AuditChainBroken", "audit record 5")]
    [InlineData("certificates", null, 0, "IndexMismatch", "certificates")]
    public void What_somebody_changes_in_the_file_is_named(string collection, string? field, int key, string kind, string? target)
    {
        using (var database = new LiteDatabase(_store.StorePath))
        {
            ILiteCollection<BsonDocument> documents = database.GetCollection(collection);
            BsonDocument document = key > 0 ? documents.FindById((long)key) : documents.FindAll().First();
            if (field is null)
                documents.Delete(document["_id"]);
            else
                document[field] = "somebody else";
            if (field is not null)
                documents.Update(document);
        }

        CaStoreFinding finding = Assert.Single(_store.Engine.Care.Test().Findings);
        Assert.Equal(kind, finding.Kind);
        if (target is not null)
            Assert.Equal(target, finding.Target);
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_named()
    {
        using (var database = new LiteDatabase(_store.StorePath))
        {
            ILiteCollection<BsonDocument> documents = database.GetCollection("certificates");
            BsonDocument document = documents.FindAll().First();
            var group = new CertificateGroup(document["_id"].AsInt64, document["records"].AsBinary);
            group[group.Numbers().First()] = [1, 2, 3];
            document["records"] = group.ToOctets();
            documents.Update(document);
        }

        CaStoreFinding finding = Assert.Single(_store.Engine.Care.Test().Findings);
        Assert.Equal(("RecordDamaged", "certificate 1"), (finding.Kind, finding.Target));
    }

    [Fact]
    public void Key_files_are_checked()
    {
        string[] keys = Directory.GetFiles(_store.Engine.Describe().KeyDirectory);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(keys[0])!, "stray.key"), "x");
        File.Copy(keys[0], keys[1], overwrite: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(keys[0], File.GetUnixFileMode(keys[0]) | UnixFileMode.GroupRead);
        string[] kinds = [.. _store.Engine.Care.Test().Findings.Select(finding => finding.Kind).Order()];
        Assert.Equal(OperatingSystem.IsWindows() ? ["KeyFileUnknown", "KeyMismatch"] : ["KeyFileExposed", "KeyFileUnknown", "KeyMismatch"], kinds);

        foreach (string key in keys)
            File.Delete(key);
        CaStoreTestResult without = _store.Engine.Care.Test();
        Assert.True(without.Passed);
        Assert.Equal(2, without.Findings.Count(finding => finding is { Kind: "KeyFileMissing", Severity: FindingSeverity.Information }));
    }

    [Fact]
    public void A_missing_store_and_a_file_of_something_else_are_errors()
    {
        using var nothing = new TestStore();
        Assert.Equal("StoreMissing", Assert.Throws<CaStoreException>(() => nothing.Engine.Care.Test()).ErrorId);
        File.WriteAllText(nothing.StorePath, "no store");
        Assert.Equal("StoreInvalid", Assert.Throws<CaStoreException>(() => nothing.Engine.Care.Test()).ErrorId);
    }

    [Fact]
    public void Flipped_octets_are_always_found_and_never_end_the_process()
    {
        byte[] sound = File.ReadAllBytes(_store.StorePath);
        var random = new Random(42);
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. sound];
            for (int i = 0; i < 8; i++)
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(_store.StorePath, damaged);
            Assert.False(Passes());
            // What LiteDB leaves behind must not end the process when it is collected.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static bool IsOf(string collection, CertificateIndex index) => collection == index switch
    {
        CertificateIndex.BySerialNumber => "certificates_by_serial",
        CertificateIndex.ByState => "certificates_by_status",
        CertificateIndex.ByCommonName => "certificates_by_name",
        _ => "certificates_of_responders",
    };

    /// <summary>Whether the test finds nothing wrong.</summary>
    private bool Passes()
    {
        try
        {
            return _store.Engine.Care.Test().Passed;
        }
        catch (CaStoreException)
        {
            // Where nothing can be read at all, that is the answer.
            return false;
        }
    }

    public void Dispose() => _store.Dispose();

    /// <summary>The same certificate with a signature that is one bit shorter.</summary>
    private static byte[] WithLooseBit(byte[] certificate)
    {
        var tree = DerTree.TryRead(certificate)!;
        byte[] bits = [1, .. tree.Children[^1].Content[1..]];
        bits[^1] &= 0xFE;
        tree.Children[^1].Content = bits;
        return tree.ToOctets();
    }
}

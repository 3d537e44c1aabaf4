using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

/// <summary>Stores that earlier versions left: the fixtures were made by these versions, and have no keys.</summary>
public class MigrationTests
{
    [Fact]
    public void A_store_of_the_first_schema_is_read_and_then_written_by_this_one()
    {
        using var store = new TestStore();
        Unpack("schema-1.db.gz", store.StorePath);
        Assert.Equal(["Issuing", "Root"], store.Engine.Authorities.List().Select(a => a.Name));
        Assert.Equal(1, store.Engine.Authorities.Get("Issuing").LastCrlNumber);
        Assert.Equal(["a.example.com", "b.example.com"], ListAll(store).Select(c => c.CommonName).Order());
        Assert.Equal(CertificateStatus.Revoked, store.Engine.Certificates.Get("b.example.com").Status);
        Assert.Empty(store.Engine.Audit.List(new AuditFilter()));

        store.Engine.Revocations.Revoke("a.example.com", RevocationReason.KeyCompromise, null);
        store.Engine.Authorities.Set("Issuing", new AuthorityUrls(), enabled: false);
        Assert.Equal(
            [AuditAct.CertificateRevoked, AuditAct.AuthorityChanged], store.Engine.Audit.List(new AuditFilter()).Select(r => r.Act));
        Assert.Equal(2, store.Engine.Describe().RevokedCount);
    }

    [Fact]
    public void A_store_of_the_second_schema_is_upgraded_whole_and_kept_beside()
    {
        using var store = new TestStore();
        AssertUpgradedWhole(store, 2, ["a", "a", "b", "c", "d", "e"]);
    }

    [Fact]
    public void A_store_of_the_third_schema_is_upgraded_whole_and_kept_beside()
    {
        using var store = new TestStore();
        AssertUpgradedWhole(store, 3, ["a", "a", "b", "c", "d", "e", "large"]);
        Assert.True(store.Engine.Certificates.Get("large.example.com").ToDer().Length > 8192);
        Assert.Equal(["ann"], store.Engine.WebUsers.List().Select(user => user.Name));
    }

    [Fact]
    public void A_store_of_the_fourth_schema_is_upgraded_whole_and_kept_beside()
    {
        using var store = new TestStore();
        AssertUpgradedWhole(store, 4, ["a", "a", "b", "c", "d", "e", "large"]);
        Assert.Equal(["ann"], store.Engine.WebUsers.List().Select(user => user.Name));
    }

    [Fact]
    public void A_store_of_the_fourth_schema_gives_numbers_of_authorities_never_again_from_then_on()
    {
        using var store = new TestStore();
        Unpack("schema-4.db.gz", store.StorePath);
        CaAuthority added = store.Engine.Authorities.Create(TestStore.Authority("Added")).Value;
        Assert.Equal(3, added.Id);
        store.Engine.Authorities.Remove("Added", LiveCertificates.Refuse, KeyDisposal.Keep);
        Assert.Equal(4, store.Engine.Authorities.Create(TestStore.Authority("Added")).Value.Id);
    }

    [Fact]
    public void A_store_that_cannot_be_upgraded_stays_as_it_is()
    {
        using var store = new TestStore();
        Unpack("schema-2.db.gz", store.StorePath);
        byte[] octets = File.ReadAllBytes(store.StorePath);
        // Pages behind the first few are torn: the collections are there, what they hold is not.
        Array.Clear(octets, 3 * 8192, octets.Length - (3 * 8192));
        File.WriteAllBytes(store.StorePath, octets);

        Assert.Equal("StoreDamaged", Assert.Throws<CaStoreException>(() => ListAll(store)).ErrorId);
        Assert.Equal(octets, File.ReadAllBytes(store.StorePath));
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(store.StorePath)!, "*.upgrade-*"));
    }

    /// <summary>Both fixtures were made by the same acts; the names are those before <c>.example.com</c>.</summary>
    private static void AssertUpgradedWhole(TestStore store, int schema, string[] names)
    {
        Unpack($"schema-{schema}.db.gz", store.StorePath);
        byte[] old = File.ReadAllBytes(store.StorePath);

        Assert.Equal(names.Select(name => name + ".example.com"), ListAll(store).Select(c => c.CommonName).Order());
        Assert.Equal(old, File.ReadAllBytes($"{store.StorePath}.schema-{schema}"));
        CaCertificate revoked = store.Engine.Certificates.Get("b.example.com");
        Assert.Equal((RevocationReason.KeyCompromise, true), (revoked.RevocationReason, revoked.InvalidityDate < revoked.RevokedAt));
        Assert.Equal(CertificateStatus.Suspended, store.Engine.Certificates.Get("d.example.com").Status);
        Assert.Equal(["ops@example.com"], revoked.Watchers);
        CaCertificate[] renewed = [.. ListAll(store).Where(c => c.CommonName == "a.example.com")];
        Assert.Equal(renewed.Single(c => c.ReplacedBy is not null).SerialNumber, renewed.Single(c => c.Replaces is not null).Replaces);
        Assert.Equal(1, store.Engine.Authorities.Get("Issuing").LastCrlNumber);
        Assert.Equal("90", store.Engine.Settings.List().Single(s => s.Name == "DefaultValidDays").Value!.ToString());
        CaStoreTestResult result = store.Engine.Care.Test();
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal((2L, names.Length, 2L), (result.Authorities, result.Certificates, result.CrlEntries));
        Assert.True(result.AuditRecords > 10);
        store.Engine.Revocations.Revoke("e.example.com", RevocationReason.Superseded, null);
        Assert.Equal(result.AuditRecords + 1, store.Engine.Care.Test().AuditRecords);
    }

    private static void Unpack(string fixture, string path)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", fixture)), CompressionMode.Decompress);
        using FileStream file = File.Create(path);
        packed.CopyTo(file);
    }

    private static CaCertificate[] ListAll(TestStore store) =>
        [.. store.Engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() })];
}

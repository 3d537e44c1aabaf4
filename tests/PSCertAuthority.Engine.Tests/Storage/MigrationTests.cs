using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Storage;

/// <summary>Stores that earlier versions left: the fixture was made by the first version, and has no keys.</summary>
public class MigrationTests
{
    [Fact]
    public void A_store_of_the_first_schema_is_read_and_then_written_by_this_one()
    {
        using var store = new TestStore();
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", "schema-1.db.gz")), CompressionMode.Decompress))
        using (FileStream file = File.Create(store.StorePath))
            packed.CopyTo(file);

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

    private static CaCertificate[] ListAll(TestStore store) =>
        [.. store.Engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() })];
}

using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security;
using System.Text;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Maintenance;

public sealed class BackupTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly TestStore _other = new();
    private readonly SecureString _password = VerificationTests.Secret("pass word ü");

    public BackupTests()
    {
        _store.Root();
        _store.Engine.Revocations.Revoke(_store.Issue("/CN=a.example.com"), RevocationReason.Superseded, null);
        _store.Engine.Crls.Create("Root", null, TimeSpan.FromHours(1));
        _store.Engine.Settings.Set("MailCredential", new System.Net.NetworkCredential("mailer", "very-secret"));
    }

    [Fact]
    public void A_backup_with_keys_restores_to_a_store_that_signs_and_passes()
    {
        CaBackup backup = _store.Engine.Care.Backup(_store.File("b.zip"), _password, overwrite: false);
        Assert.Equal(2, backup.KeyCount);
        Assert.Null(_other.Engine.Care.Restore(backup.Path, _password, withKeys: true, overwrite: false));
        Assert.Empty(_other.Engine.Care.Test().Findings);
        Assert.Equal(_store.Engine.Certificates.Get("a.example.com").Sha256Fingerprint, _other.Engine.Certificates.Get("a.example.com").Sha256Fingerprint);
        Assert.NotNull(_other.Issue("/CN=b.example.com"));
        Assert.True(_other.Engine.Crls.Create("Root", null, TimeSpan.FromHours(1)).Number > 1_000_000);
        Assert.Contains(AuditAct.StoreRestored, _other.Engine.Audit.List(new AuditFilter()).Select(record => record.Act));
        Assert.Equal(["ca.db", "ca.db.journal", "ca.db.lock", "ca.keys"], Directory.GetFileSystemEntries(_other.Folder).Select(Path.GetFileName).Where(n => !n!.EndsWith(".key", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData(true, "with 2 private key files")]
    [InlineData(false, "without private keys")]
    public void A_backup_is_in_the_audit_trail(bool withKeys, string what)
    {
        CaBackup backup = _store.Engine.Care.Backup(_store.File("b.zip"), withKeys ? _password : null, overwrite: false);
        Assert.Null(backup.Warning);
        CaAuditRecord record = _store.Engine.Audit.List(new AuditFilter()).Last();
        Assert.Equal((AuditAct.StoreBackedUp, "b.zip", $"{what}, to '{backup.Path}'"), (record.Act, record.Target, record.Detail));
        Assert.Throws<CaStoreException>(() => _store.Engine.Care.Backup(backup.Path, null, overwrite: false));
        Assert.Equal(record.Number, _store.Engine.Audit.List(new AuditFilter()).Last().Number);
    }

    [Fact]
    public void A_backup_shows_no_key_and_is_for_its_owner_alone()
    {
        _store.Engine.Care.Backup(_store.File("b.zip"), _password, overwrite: false);
        _store.Engine.Care.Backup(_store.File("plain.zip"), null, overwrite: false);
        byte[] key = File.ReadAllBytes(Directory.GetFiles(_store.Engine.Describe().KeyDirectory, "*.key").First(f => !f.EndsWith("settings.key", StringComparison.Ordinal)));
        foreach (string file in new[] { _store.File("b.zip"), _store.File("plain.zip") })
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            using ZipArchive archive = ZipFile.OpenRead(file);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using var content = new MemoryStream();
                using (Stream stream = entry.Open())
                    stream.CopyTo(content);
                string text = Encoding.Latin1.GetString(content.ToArray());
                Assert.DoesNotContain("PRIVATE KEY", text);
                Assert.DoesNotContain(Encoding.Latin1.GetString(key.AsSpan(40, 40)), text);
            }
        }
    }

    [Fact]
    public void Without_keys_the_store_lists_and_revokes_and_says_what_is_missing()
    {
        _store.Engine.Care.Backup(_store.File("b.zip"), null, overwrite: false);
        _other.Engine.Care.Restore(_store.File("b.zip"), null, withKeys: true, overwrite: false);
        Assert.False(_other.Engine.Authorities.Get("Root").HasPrivateKey);
        Assert.True(_other.Engine.Care.Test().Passed);
    }

    [Fact]
    public void A_store_that_is_there_is_kept_beside_the_restored_one()
    {
        _store.Engine.Care.Backup(_store.File("b.zip"), _password, overwrite: false);
        CaCertificate later = _store.Issue("/CN=later.example.com");
        AssertRefused("StoreExists", () => _store.Engine.Care.Restore(_store.File("b.zip"), _password, withKeys: true, overwrite: false));
        Assert.NotNull(_store.Engine.Certificates.Get(later));

        string? replaced = _store.Engine.Care.Restore(_store.File("b.zip"), _password, withKeys: true, overwrite: true);
        AssertRefused("CertificateNotFound", () => _store.Engine.Certificates.Get(later));
        Assert.NotNull(new CaEngine(replaced!).Certificates.Get("later.example.com"));
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void A_damaged_store_can_be_replaced()
    {
        _store.Engine.Care.Backup(_store.File("b.zip"), null, overwrite: false);
        byte[] content = File.ReadAllBytes(_store.StorePath);
        Array.Clear(content, 8192, content.Length - 8192);
        File.WriteAllBytes(_store.StorePath, content);
        Assert.False(_store.Engine.Care.Test().Passed);
        _store.Engine.Care.Restore(_store.File("b.zip"), null, withKeys: false, overwrite: true);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void What_cannot_be_restored_is_refused_and_changes_nothing()
    {
        string backup = _store.File("b.zip");
        _store.Engine.Care.Backup(backup, _password, overwrite: false);
        AssertRefused("FileExists", () => _store.Engine.Care.Backup(backup, null, overwrite: false));
        AssertRefused("StoreMissing", () => _other.Engine.Care.Backup(_store.File("c.zip"), null, overwrite: false));
        AssertRefused("BackupPasswordRequired", () => Restore(backup, null));
        AssertRefused("BackupPasswordWrong", () => Restore(backup, VerificationTests.Secret("another")));
        AssertRefused("BackupUnreadable", () => Restore(_store.File("nothing.zip"), null));
        AssertRefused("BackupInvalid", () => Restore(_store.StorePath, null));
        AssertRefused("BackupInvalid", () => Restore(Changed(backup, BackupContent.DatabasePart, content => content[5000] ^= 1), _password));
        AssertRefused("BackupInvalid", () => Restore(Changed(backup, BackupContent.HeaderPart, content => content[0] = (byte)'x'), _password));
        AssertRefused("BackupPasswordWrong", () => Restore(Changed(backup, BackupContent.KeysPart, content => content[^1] ^= 1), _password));
        AssertRefused("BackupNewer", () => Restore(Changed(backup, BackupContent.HeaderPart, content =>
            content[Encoding.ASCII.GetString(content).IndexOf("\"version\":1", StringComparison.Ordinal) + 10] = (byte)'2'), _password));
        Assert.Empty(Directory.GetFileSystemEntries(_other.Folder));
    }

    private void Restore(string backup, SecureString? password) => _other.Engine.Care.Restore(backup, password, withKeys: true, overwrite: false);

    private string Changed(string backup, string part, Action<byte[]> change)
    {
        string copy = _store.File(Guid.NewGuid().ToString("N") + ".zip");
        File.Copy(backup, copy);
        using ZipArchive archive = ZipFile.Open(copy, ZipArchiveMode.Update);
        using Stream stream = archive.GetEntry(part)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        byte[] bytes = content.ToArray();
        change(bytes);
        stream.Position = 0;
        stream.Write(bytes);
        return copy;
    }

    private static void AssertRefused(string errorId, Action act) => Assert.Equal(errorId, Assert.ThrowsAny<CaException>(act).ErrorId);

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
        _password.Dispose();
    }
}

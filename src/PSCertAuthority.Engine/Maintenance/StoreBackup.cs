using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security;
using System.Threading;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Makes a backup. Others wait while the database is copied, and go on while it is packed.</summary>
internal sealed class StoreBackup(CaStore store, TimeProvider clock, Action<StoreProgress> report, CancellationToken cancellation)
{
    /// <param name="path">The full path of the backup.</param>
    /// <param name="password">Seals the key files, which are left out without one.</param>
    /// <param name="overwrite">Whether a file there may be replaced.</param>
    public CaBackup Write(string path, SecureString? password, bool overwrite)
    {
        AtomicFile.RequireAbsent(path, overwrite);
        string copy = AtomicFile.TemporaryName(path);
        string sha256 = string.Empty;
        var snapshot = default((DateTime At, Guid? StoreId, IReadOnlyList<KeyValuePair<string, byte[]>> Keys));
        try
        {
            snapshot = Copy(copy, digest => sha256 = digest, includeKeys: password is not null);
            RequireSound(copy);
            byte[]? keys = password is null ? null : BackupContent.SealKeys(Pack(snapshot.Keys), password);
            AtomicFile.WriteOwnerOnly(path, stream => Pack(stream, copy, BackupContent.Header(sha256, snapshot.At, snapshot.StoreId), keys), overwrite);
        }
        catch (Exception e) when (FileFailure.IsIo(e))
        {
            throw StoreErrors.FromFile(path, e);
        }
        finally
        {
            AtomicFile.DeleteIfThere(copy);
            foreach (KeyValuePair<string, byte[]> key in snapshot.Keys ?? [])
                Array.Clear(key.Value, 0, key.Value.Length);
        }

        return new CaBackup
        {
            Path = path,
            StorePath = store.DatabasePath,
            MadeAt = snapshot.At.ToDisplayed(),
            Length = new FileInfo(path).Length,
            KeyCount = snapshot.Keys!.Count,
            Sha256 = sha256,
            Warning = Record(path, password is null ? "without private keys" : $"with {snapshot.Keys.Count} private key files"),
        };
    }

    /// <summary>Only after it was made. A store that cannot be written, as on a full disk, needs its backup the more.</summary>
    private string? Record(string path, string what)
    {
        try
        {
            store.Write(unit => unit.Record(AuditAct.StoreBackedUp, Path.GetFileName(path), $"{what}, to '{path}'"));
            return null;
        }
        catch (CaStoreException e)
        {
            return $"The backup was made, and is not in the audit trail: {e.Message}";
        }
    }

    private (DateTime At, Guid? StoreId, IReadOnlyList<KeyValuePair<string, byte[]>> Keys) Copy(string copy, Action<string> digest, bool includeKeys) => store.Read(
        unit =>
        {
            if (!unit.Status().Exists)
                throw StoreErrors.Missing(store.DatabasePath);
            using (FileStream to = OwnerOnlyFile.Create(copy))
            using (var from = new FileStream(store.DatabasePath, FileMode.Open, FileAccess.Read, FileShare.Read))
            {
                digest(BackupContent.Copy(from, to, done =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    report(new StoreProgress("Copying the store", done, from.Length));
                }));
            }

            return (clock.GetUtcSecond(), unit.Status().StoreId, includeKeys ? ReadKeys(unit) : []);
        },
        cancellation);

    /// <summary>A backup of a damaged store would be found out on the day on which it is needed.</summary>
    private void RequireSound(string copy)
    {
        using var file = new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        foreach (long page in DatabaseFile.FindDamagedPages(file, _ => cancellation.ThrowIfCancellationRequested()))
            throw StoreErrors.Damaged(store.DatabasePath, null, $"page {page} is not as it was written");
    }

    private List<KeyValuePair<string, byte[]>> ReadKeys(StoreUnit unit)
    {
        string secret = Path.Combine(store.KeyDirectory, SettingSecret.FileName);
        return
        [
            .. unit.Authorities.WithPending().Select(authority => AuthorityFinder.KeyPathOf(store, authority)).Append(secret)
                .Where(File.Exists)
                .Select(file => new KeyValuePair<string, byte[]>(Path.GetFileName(file), File.ReadAllBytes(file))),
        ];
    }

    private static byte[] Pack(IReadOnlyList<KeyValuePair<string, byte[]>> files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (KeyValuePair<string, byte[]> file in files)
                Put(archive, file.Key, file.Value);
        }

        return packed.ToArray();
    }

    private void Pack(Stream stream, string copy, byte[] header, byte[]? keys)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Put(archive, BackupContent.HeaderPart, header);
        if (keys is not null)
            Put(archive, BackupContent.KeysPart, keys);
        using Stream to = archive.CreateEntry(BackupContent.DatabasePart, CompressionLevel.Fastest).Open();
        using FileStream from = File.OpenRead(copy);
        BackupContent.Copy(from, to, done =>
        {
            cancellation.ThrowIfCancellationRequested();
            report(new StoreProgress("Packing the backup", done, from.Length));
        });
    }

    private static void Put(ZipArchive archive, string name, byte[] content)
    {
        using Stream stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content, 0, content.Length);
    }
}

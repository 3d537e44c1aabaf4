using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security;
using System.Security.Cryptography;
using System.Threading;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>
/// Restores a backup: it is unpacked and adapted in a folder beside the store, and comes into place by renaming, so that a store which was
/// there is replaced as a whole or not at all.
/// </summary>
internal sealed class StoreRestore(CaStore store, TimeProvider clock, Action<StoreProgress> report, CancellationToken cancellation)
{
    /// <param name="path">The full path of the backup.</param>
    /// <param name="password">Opens the key files in it.</param>
    /// <param name="withKeys">Whether the key files in it are wanted.</param>
    /// <param name="overwrite">Whether a store that is there may be replaced; it is kept beside the new one.</param>
    /// <returns>The full path of the store that was replaced; null where there was none.</returns>
    public string? Run(string path, SecureString? password, bool withKeys, bool overwrite)
    {
        string folder = store.DatabasePath + ".restore-" + Guid.NewGuid().ToString("N");
        if (!overwrite && File.Exists(store.DatabasePath))
            throw MaintenanceErrors.StoreExists(store.DatabasePath);
        try
        {
            OwnerOnlyFile.CreateDirectory(folder);
            string database = Path.Combine(folder, BackupContent.DatabasePart);
            (IReadOnlyList<KeyValuePair<string, byte[]>> keys, DateTime madeAt) = Unpack(path, database, password, withKeys);
            Adapt(database, path, madeAt);
            return store.Replace(database, keys, overwrite, clock.GetUtcSecond().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture), cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or CryptographicException)
        {
            throw MaintenanceErrors.BackupInvalid(path, e.Message, e);
        }
        catch (Exception e) when (FileFailure.IsIo(e))
        {
            throw StoreErrors.FromFile(store.DatabasePath, e);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private (IReadOnlyList<KeyValuePair<string, byte[]>> Keys, DateTime MadeAt) Unpack(string path, string database, SecureString? password, bool withKeys)
    {
        using FileStream file = Open(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Read);
        (string sha256, DateTime madeAt) = BackupContent.ReadHeader(archive, path);
        ZipArchiveEntry part = archive.GetEntry(BackupContent.DatabasePart) ?? throw MaintenanceErrors.BackupInvalid(path, "there is no database in it");
        IReadOnlyList<KeyValuePair<string, byte[]>> keys = withKeys ? UnpackKeys(archive, path, password) : [];
        using FileStream to = OwnerOnlyFile.Create(database);
        using Stream from = part.Open();
        string found = BackupContent.Copy(from, to, done =>
        {
            cancellation.ThrowIfCancellationRequested();
            report(new StoreProgress("Unpacking the backup", done, part.Length));
        });
        return found == sha256 ? (keys, madeAt) : throw MaintenanceErrors.BackupInvalid(path, "the database in it was changed");
    }

    private static FileStream Open(string path)
    {
        try
        {
            return InputFile.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MaintenanceErrors.BackupUnreadable(path, e);
        }
    }

    private static List<KeyValuePair<string, byte[]>> UnpackKeys(ZipArchive archive, string path, SecureString? password)
    {
        if (archive.GetEntry(BackupContent.KeysPart) is not { } part)
            return [];
        if (password is null)
            throw MaintenanceErrors.BackupPasswordRequired(path);
        try
        {
            using var packed = new ZipArchive(new MemoryStream(BackupContent.OpenKeys(ReadAll(part), password)), ZipArchiveMode.Read);
            // Names without a folder: a backup made by somebody else must not write elsewhere.
            return [.. packed.Entries.Select(entry => new KeyValuePair<string, byte[]>(Path.GetFileName(entry.FullName), ReadAll(entry)))];
        }
        catch (CryptographicException e)
        {
            throw MaintenanceErrors.BackupPasswordWrong(path, e);
        }
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Counters jump ahead, for they may have been used since the backup; keys are looked for beside the store from now on.</summary>
    private void Adapt(string database, string path, DateTime madeAt)
    {
        var unpacked = new CaStore(database, clock: clock);
        int lastAuthority = LastAuthorityId();
        try
        {
            RestoredCounters counters = RestoredCounters.Over(store, madeAt, clock.GetUtcNow().UtcDateTime);
            unpacked.Write(unit =>
            {
                IReadOnlyList<AuthorityRecord> all = unit.Authorities.WithPending();
                foreach (AuthorityRecord authority in all)
                {
                    unit.Authorities.Update(authority with
                    {
                        LastCrlNumber = counters.LastCrlNumber(KeyFamily.Of(all, authority)),
                        KeyFile = Path.GetFileName(authority.KeyFile),
                    });
                }

                foreach ((byte[] subject, long number) in counters.Removed(unit))
                    unit.CrlNumbers.Keep(subject, number);
                unit.Authorities.SkipIds(lastAuthority);
                unit.Audit.SkipTo(counters.NextAuditNumber(unit.Audit.Last()?.Next ?? 1));
                unit.Record(AuditAct.StoreRestored, Path.GetFileName(path), "CRL numbers and the numbers of audit records go on above those that may have been used since the backup");
            });
        }
        catch (CaStoreException e) when (e.ErrorId is "StoreInvalid" or "StoreDamaged")
        {
            throw MaintenanceErrors.BackupInvalid(path, e.Message, e);
        }
    }

    /// <summary>The last number of an authority in the store that is replaced; 0 where it cannot be read, for which it may be restored.</summary>
    private int LastAuthorityId()
    {
        try
        {
            return store.Read(unit => unit.Authorities.LastId(), cancellation);
        }
        catch (CaStoreException e) when (e.ErrorId is not "StoreLocked")
        {
            return 0;
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Storage;

/// <summary>
/// The store: one LiteDB file, entered by one unit of work at a time, whatever the thread or the process.
/// </summary>
/// <remarks>
/// A unit opens the file, works in one transaction and closes it. What <see cref="Write{T}"/> returned from is on the disk, with the
/// files that it staged; what it threw from left nothing. Units are short: no keys are made and nothing is signed within one.
/// </remarks>
internal sealed class CaStore
{
    private static readonly TimeSpan DefaultLockTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestLockTimeout = TimeSpan.FromDays(1);

    private readonly StorePaths _paths;
    private readonly TimeSpan _lockTimeout;
    private readonly TimeProvider _clock;

    /// <summary>Names a store; nothing is read or made yet.</summary>
    /// <param name="databasePath">The full path of the LiteDB file.</param>
    /// <param name="keyDirectory">Where the keys of its authorities are; <c>name.keys</c> beside it when null.</param>
    /// <param name="lockTimeout">How long a unit waits for others; 30 s when null, a day at most.</param>
    /// <param name="clock">The clock for the creation time and the holder's note.</param>
    public CaStore(string databasePath, string? keyDirectory = null, TimeSpan? lockTimeout = null, TimeProvider? clock = null)
    {
        if (lockTimeout is { } given && (given < TimeSpan.Zero || given > LongestLockTimeout)) throw StoreErrors.LockWaitInvalid(given);
        _paths = StorePaths.Of(databasePath, keyDirectory);
        _lockTimeout = lockTimeout ?? DefaultLockTimeout;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The full path of the LiteDB file, links followed.</summary>
    public string DatabasePath => _paths.Database;

    /// <summary>The full path of the directory of the authorities' keys.</summary>
    public string KeyDirectory => _paths.KeyDirectory;

    /// <summary>Whether there is a store, be it a damaged one.</summary>
    public bool Exists => new FileInfo(_paths.Database) is { Exists: true, Length: > 0 } || HasJournal();

    /// <summary>Refuses a store that is not there, such as one on a volume that is not mounted: to a reader it would be an empty one.</summary>
    /// <exception cref="CaStoreException"><c>StoreMissing</c>, <c>StoreEmpty</c> or <c>StoreNotReadable</c>.</exception>
    public void RequireExisting()
    {
        if (Exists || Directory.Exists(_paths.Database)) return;
        RequireReach();
        throw File.Exists(_paths.Database) ? StoreErrors.Empty(_paths.Database) : StoreErrors.Missing(_paths.Database);
    }

    /// <summary>Refuses an empty file where a store was before. A file that somebody made for a new store is not one.</summary>
    /// <exception cref="CaStoreException"><c>StoreEmpty</c>.</exception>
    public void RequireExistingOrNew()
    {
        RequireReach();
        if (!Exists && File.Exists(_paths.Database) && (File.Exists(_paths.Journal) || HasKeys())) throw StoreErrors.Empty(_paths.Database);
    }

    /// <summary>Reads. A store that does not exist is empty, and stays so.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, none, or newer.</exception>
    public T Read<T>(Func<StoreUnit, T> work, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(_paths.Database) && !Directory.Exists(_paths.Database) && !HasJournal())
        {
            using var nothing = StoreDatabase.Open(_paths, null, UnitKind.Read, _clock);
            return work(new StoreUnit(_paths, nothing, null));
        }

        RefuseForeignFile();
        using var held = StoreLock.Acquire(_paths, _lockTimeout, cancellationToken);
        using UnitJournal journal = Enter(UnitKind.Read);
        try
        {
            using FileStream? file = OpenDatabase(DatabaseFile.OpenForReading);
            using var database = StoreDatabase.Open(_paths, file, UnitKind.Read, _clock);
            return work(new StoreUnit(_paths, database, null));
        }
        finally
        {
            StoreAccess.Guard(_paths.Database, journal.Clear);
        }
    }

    /// <summary>Changes the store, which is made if it does not exist.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, none, newer or not writable, or the disk is full.</exception>
    public T Write<T>(Func<StoreUnit, T> work, CancellationToken cancellationToken = default)
    {
        MakeDirectory();
        RefuseForeignFile();
        using var held = StoreLock.Acquire(_paths, _lockTimeout, cancellationToken);
        using UnitJournal journal = Enter(UnitKind.Write);
        using var commit = new UnitCommit(_paths, journal);
        T result;
        try
        {
            using var database = StoreDatabase.Open(_paths, commit.OpenDatabase(), UnitKind.Write, _clock);
            var unit = new StoreUnit(_paths, database, commit);
            result = work(unit);
            cancellationToken.ThrowIfCancellationRequested();
            unit.Close(_clock.GetUtcSecond(), AuditActor.Current);
            commit.Seal(database.Finish());
        }
        catch
        {
            commit.Abandon();
            throw;
        }

        commit.Complete();
        return result;
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<StoreUnit> work, CancellationToken cancellationToken = default) => Write(
        unit =>
        {
            work(unit);
            return true;
        },
        cancellationToken);

    /// <summary>Puts another database in the place of this one, and key files beside it. What is replaced stays under another name.</summary>
    /// <param name="database">The full path of the new database, on the same volume; it is moved.</param>
    /// <param name="keys">Key files by name. One that is there with the same content is left; another one is refused or replaced.</param>
    /// <param name="overwrite">Whether what is there may be replaced.</param>
    /// <param name="stamp">What the names of replaced files end with.</param>
    /// <param name="cancellationToken">Gives up waiting for others.</param>
    /// <returns>The full path under which the old database is now; null where there was none.</returns>
    /// <exception cref="CaStoreException">The store is locked or not writable, or a key file is in the way.</exception>
    public string? Replace(
        string database, IReadOnlyList<KeyValuePair<string, byte[]>> keys, bool overwrite, string stamp, CancellationToken cancellationToken)
    {
        MakeDirectory();
        using var held = StoreLock.Acquire(_paths, _lockTimeout, cancellationToken);
        using UnitJournal journal = Enter(UnitKind.Write);
        return StoreAccess.Guard(_paths.Database, () =>
        {
            OwnerOnlyFile.CreateDirectory(_paths.KeyDirectory);
            foreach (KeyValuePair<string, byte[]> key in keys)
                StoreReplacement.PutKey(Path.Combine(_paths.KeyDirectory, key.Key), key.Value, overwrite, stamp);
            string? replaced = StoreReplacement.PutDatabase(database, _paths.Database, stamp);
            journal.Clear();
            return replaced;
        });
    }

    /// <summary>Tells a store that is not there from one that this account may not look for.</summary>
    private void RequireReach()
    {
        try
        {
            _ = File.GetAttributes(_paths.Database);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw StoreErrors.NotReadable(_paths.Database, exception);
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            // It is not there, or is no path of a file; whoever makes it says so.
        }
    }

    private void MakeDirectory()
    {
        try
        {
            OwnerOnlyFile.CreateDirectory(Path.GetDirectoryName(_paths.Database)!);
        }
        catch (Exception exception) when (FileFailure.IsIo(exception) && !FileFailure.IsDiskFull(exception))
        {
            throw StoreErrors.NotWritable(_paths.Database, exception);
        }
        catch (IOException exception)
        {
            throw StoreErrors.DiskFull(_paths.Database, exception);
        }
    }

    /// <summary>Refuses what is no store before a lock and a journal are laid beside it. A store that was used once has a journal.</summary>
    private void RefuseForeignFile()
    {
        if (File.Exists(_paths.Journal) || !File.Exists(_paths.Database)) return;
        try
        {
            using var file = new FileStream(_paths.Database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            if (file.Length > 0) DatabaseFile.RequireMagic(_paths.Database, file);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw StoreErrors.NotReadable(_paths.Database, exception);
        }
        catch (Exception exception) when (FileFailure.IsIo(exception))
        {
            throw StoreErrors.FromIo(_paths.Database, exception);
        }
    }

    private bool HasJournal() => new FileInfo(_paths.Journal) is { Exists: true, Length: > 0 };

    private bool HasKeys() => Directory.Exists(_paths.KeyDirectory) && Directory.EnumerateFileSystemEntries(_paths.KeyDirectory).Any();

    private UnitJournal Enter(UnitKind kind) => StoreAccess.Guard(_paths.Database, () =>
    {
        UnitJournal journal = UnitJournal.Open(_paths);
        try
        {
            JournalRecovery.Run(_paths, journal);
            StoreUpgrade.RunIfNeeded(_paths, _clock);
            journal.WriteHolder(StoreHolder.Describe(_clock.GetUtcNow()));
        }
        catch (IOException exception) when (kind == UnitKind.Read && FileFailure.IsDiskFull(exception) && journal.Stream.Length == 0)
        {
            // A full disk must not keep anybody from reading; the note of the holder is a courtesy.
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }

        return journal;
    });

    private FileStream? OpenDatabase(Func<string, FileStream?> open) => StoreAccess.Guard(_paths.Database, () => open(_paths.Database));
}

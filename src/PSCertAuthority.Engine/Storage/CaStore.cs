using System;
using System.IO;
using System.Threading;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>
/// The one way to the database: takes the lock, opens it, runs a short unit of work in one transaction, and closes it.
/// When <see cref="Write"/> returns, everything is on disk; when it throws, nothing has changed.
/// </summary>
internal sealed class CaStore
{
    public const int SchemaVersion = 1;

    private static readonly TimeSpan DefaultLockWait = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _lockWait;
    private readonly TimeProvider _clock;

    public CaStore(string path, TimeSpan? lockWait = null, TimeProvider? clock = null)
    {
        DatabasePath = path;
        KeyDirectory = Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, Path.GetFileNameWithoutExtension(path) + ".keys");
        _lockWait = lockWait ?? DefaultLockWait;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The database file.</summary>
    public string DatabasePath { get; }

    /// <summary>Where the keys of authorities are.</summary>
    public string KeyDirectory { get; }

    /// <summary>Runs a unit of work that only reads. A store that does not exist is read as an empty one, and is not created.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or none.</exception>
    public T Read<T>(Func<StoreUnit, T> work, CancellationToken cancellation = default)
    {
        if (!File.Exists(DatabasePath))
        {
            using var nothing = new LiteDatabase(new MemoryStream());
            StoreSchema.Create(nothing, _clock);
            return work(new StoreUnit(nothing, staging: null));
        }

        return Locked(journal =>
        {
            using LiteDatabase database = StoreFile.Open(DatabasePath, mayCreate: false, _clock);
            FinishWhatDiedHalfway(database, journal);
            journal.Begin();
            return work(new StoreUnit(database, staging: null));
        }, cancellation);
    }

    /// <summary>Runs a unit of work that changes the store. Creates the store where there is none.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public T Write<T>(Func<StoreUnit, T> work, CancellationToken cancellation = default)
    {
        CreateDirectory();
        return Locked(journal =>
        {
            StoreFile.RequireRoom(DatabasePath);
            bool existed = File.Exists(DatabasePath);
            try
            {
                return Transact(work, journal);
            }
            catch when (!existed)
            {
                AtomicFile.TryDelete(DatabasePath);
                throw;
            }
        }, cancellation);
    }

    private T Transact<T>(Func<StoreUnit, T> work, StoreJournal journal)
    {
        StagedFiles staging;
        T result;
        using (LiteDatabase database = StoreFile.Open(DatabasePath, mayCreate: true, _clock))
        {
            FinishWhatDiedHalfway(database, journal);
            journal.Begin();
            staging = new StagedFiles(journal, StoreSchema.NextUnit(database));
            try
            {
                database.BeginTrans();
                result = work(new StoreUnit(database, staging));
                if (staging.Any)
                    StoreSchema.CountUnit(database, staging.Unit);
                database.Commit();
                // LiteDB writes behind the caller's back and swallows what fails at closing. This waits, and throws.
                database.Checkpoint();
            }
            catch
            {
                database.Rollback();
                staging.Discard();
                throw;
            }
        }

        staging.Publish();
        return result;
    }

    private T Locked<T>(Func<StoreJournal, T> work, CancellationToken cancellation)
    {
        using StoreLock held = StoreLock.Acquire(DatabasePath, _lockWait, cancellation);
        try
        {
            using var journal = new StoreJournal(DatabasePath);
            T result = work(journal);
            journal.Clear();
            return result;
        }
        catch (LiteException e)
        {
            throw StoreErrors.IsDiskFull(e) ? StoreErrors.DiskFull(DatabasePath, e) : StoreErrors.Damaged(DatabasePath, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.IsDiskFull(e) ? StoreErrors.DiskFull(DatabasePath, e) : StoreErrors.NotWritable(DatabasePath, e);
        }
    }

    private static void FinishWhatDiedHalfway(LiteDatabase database, StoreJournal journal)
    {
        if (journal.Unfinished.Count == 0)
            return;
        long committed = StoreSchema.NextUnit(database) - 1;
        foreach (StagedFile file in journal.Unfinished)
        {
            if (file.Unit <= committed)
                file.Publish();
            else
                file.Discard();
        }
    }

    private void CreateDirectory()
    {
        try
        {
            OwnerOnlyFile.CreateDirectory(Path.GetDirectoryName(DatabasePath)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.NotWritable(DatabasePath, e);
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LiteDB;
using LiteDB.Engine;

namespace PSCertAuthority.Storage;

/// <summary>LiteDB, opened over a <see cref="PageOverlay"/> for one unit of work, and found to be a store of ours.</summary>
internal sealed class StoreDatabase : IDisposable
{
    /// <summary>The schema that this version reads and writes; kept in LiteDB's pragma USER_VERSION.</summary>
    public const int SchemaVersion = 5;

    private const string VersionPragma = "USER_VERSION";

    private readonly PageOverlay _overlay;
    private readonly PageOverlay _log = new(null);
    private readonly LiteEngine _engine;
    private CaStoreException? _failure;
    private bool _hasBegun;

    static StoreDatabase() => PageCache.KeepSmall();

    private StoreDatabase(StorePaths paths, PageOverlay overlay, UnitKind kind, bool isNew)
    {
        Path = paths.Database;
        Kind = kind;
        Exists = !isNew || kind == UnitKind.Write;
        _overlay = overlay;
        _engine = Guard(() => new LiteEngine(new EngineSettings
        {
            DataStream = overlay,
            LogStream = _log,
            TempStream = new MemoryStream(),
            Collation = isNew ? Collation.Binary : null,
        }));
    }

    /// <summary>The full path of the file, for errors.</summary>
    public string Path { get; }

    public UnitKind Kind { get; }

    /// <summary>Whether there is a store, be it one that this unit makes.</summary>
    public bool Exists { get; }

    /// <summary>Opens the store in <paramref name="file"/>; a new one in memory when it is null.</summary>
    /// <exception cref="CaStoreException"><c>StoreInvalid</c>, <c>StoreSchemaNewer</c> or <c>StoreDamaged</c>.</exception>
    public static StoreDatabase Open(StorePaths paths, FileStream? file, UnitKind kind, TimeProvider clock)
    {
        if (file is not null)
        {
            StoreAccess.Guard(paths.Database, () =>
            {
                DatabaseFile.RequireMagic(paths.Database, file);
                DatabaseFile.RequireLength(paths.Database, file);
            });
            if (new FileInfo(paths.ForeignLog) is { Exists: true, Length: > 0 })
            {
                throw StoreErrors.Invalid(paths.Database, $"another program left '{paths.ForeignLog}'; open and close the file with it");
            }
        }

        var database = new StoreDatabase(paths, new PageOverlay(file), kind, file is null);
        try
        {
            if (file is not null) database.RequireSchema();
            else if (kind == UnitKind.Write) database.CreateSchema(clock);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The collection of that name.</summary>
    public StoreCollection Collection(string name) => new(this, _engine, name);

    /// <summary>The names of the collections that there are.</summary>
    public IReadOnlyList<string> CollectionNames() => Guard(() => _engine.Query("$cols", new Query()).ToEnumerable().ToList())
        .Where(document => document["type"] == "user").Select(document => document["name"].AsString).ToList();

    /// <summary>Begins the one transaction of the unit, if it has not begun: LiteDB keeps all pages that were read within it.</summary>
    public void Begin()
    {
        if (_hasBegun) return;
        Guard(_engine.BeginTrans);
        _hasBegun = true;
    }

    /// <summary>Commits in memory and gives the changed pages.</summary>
    public PageOverlay Finish()
    {
        // LiteDB rolls its transaction back when a statement fails: what the unit did after that stands alone.
        if (_failure is not null) throw _failure;
        Guard(() =>
        {
            _engine.Commit();
            return _engine.Checkpoint();
        });
        return _overlay;
    }

    /// <summary>Runs something in LiteDB and makes whatever it throws an error of the store.</summary>
    public T Guard<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (LiteException exception) when (exception.ErrorCode == LiteException.INDEX_DUPLICATE_KEY)
        {
            throw _failure = StoreErrors.RecordExists("a record with this key", exception);
        }
        catch (Exception exception) when (exception is not (CaException or OutOfMemoryException or OperationCanceledException))
        {
            // LiteDB meets damaged pages with whatever its code runs into: casts, ranges, null references.
            throw _failure = StoreErrors.Damaged(Path, exception);
        }
    }

    /// <summary>Has the unit not be saved, whatever it does after this.</summary>
    public CaStoreException Fail(CaStoreException failure) => _failure = failure;

    public void Dispose()
    {
        if (_failure is not null)
        {
            DamagedEngine.Close(_engine);
            return;
        }

        _engine.Dispose();
        _log.Release();
    }

    private void RequireSchema()
    {
        int version = Guard(() => _engine.Pragma(VersionPragma).AsInt32);
        if (version < 1 || StoreMeta.Read(this) is null) throw StoreErrors.Invalid(Path, "it is a LiteDB file of something else");
        if (version > SchemaVersion) throw StoreErrors.SchemaNewer(Path, version, SchemaVersion);
    }

    private void CreateSchema(TimeProvider clock)
    {
        Guard(() => _engine.Pragma(VersionPragma, SchemaVersion));
        StoreMeta.Create(this, clock.GetUtcNow().UtcDateTime);
    }
}

using System;
using System.Collections.Generic;
using LiteDB;
using PSCertAuthority.Audit;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Storage;

/// <summary>What a unit of work sees of the store. It ends with the call that gave it.</summary>
internal sealed class StoreUnit
{
    private readonly StoreDatabase _database;
    private readonly string _path;
    private readonly UnitCommit? _commit;
    private readonly List<AuditEntry> _acts = [];
    private StoreMeta? _meta;

    public StoreUnit(StorePaths paths, StoreDatabase database, UnitCommit? commit)
    {
        _database = database;
        _path = paths.Database;
        _commit = commit;
        KeyDirectory = paths.KeyDirectory;
        Authorities = new AuthorityTable(database);
        Certificates = new CertificateTable(database);
        CrlEntries = new CrlFeed(database.Collection(CrlFeed.CollectionName));
        CrlResumptions = new CrlResumptionTable(database.Collection(CrlResumptionTable.CollectionName));
        Crls = new CrlTable(database.Collection(CrlTable.CollectionName), database.Collection(CrlTable.NewestCollectionName));
        CrlNumbers = new CrlNumberTable(database.Collection(CrlNumberTable.CollectionName));
        Settings = new SettingTable(database.Collection(SettingTable.CollectionName));
        Profiles = new ProfileTable(database.Collection(ProfileTable.CollectionName), paths.Database);
        Notices = new NoticeTable(database.Collection(NoticeTable.CollectionName));
        WebUsers = new WebUserTable(database);
        Audit = new AuditTable(database.Collection(AuditTable.CollectionName));
    }

    /// <summary>Whether something may be of this store: it came from its file, or nothing is known of that.</summary>
    public bool IsAt(string? storePath) => storePath is null || StoreLocation.AreSame(_path, storePath);

    /// <summary>Which store it is, wherever its file lies; <see cref="Guid.Empty"/> where there is none.</summary>
    public Guid StoreId => (_meta ??= StoreMeta.Read(_database))?.StoreId ?? Guid.Empty;

    /// <summary>The full path of the directory of the authorities' keys.</summary>
    public string KeyDirectory { get; }

    public AuthorityTable Authorities { get; }

    public CertificateTable Certificates { get; }

    public CrlFeed CrlEntries { get; }

    public CrlResumptionTable CrlResumptions { get; }

    public CrlTable Crls { get; }

    public CrlNumberTable CrlNumbers { get; }

    public SettingTable Settings { get; }

    public ProfileTable Profiles { get; }

    public NoticeTable Notices { get; }

    public WebUserTable WebUsers { get; }

    public AuditTable Audit { get; }

    /// <summary>Records an act; it is committed with the change itself, or not at all.</summary>
    public void Record(AuditAct act, string target, string detail = "") => _acts.Add(new AuditEntry(act, UnicodeText.Repair(target), UnicodeText.Repair(detail)));

    /// <summary>Ends the work: brings the indexes to the store, and puts the recorded acts behind those of the units before.</summary>
    public void Close(DateTime now, AuditActor actor)
    {
        Certificates.Flush();
        CrlEntries.Flush();
        if (_acts.Count > 0) Audit.Append(now, actor, _acts);
    }

    /// <summary>
    /// Has a file appear at <paramref name="path"/> exactly if this unit is committed, readable by its owner alone. The key directory
    /// is made if it is missing; any other directory must exist.
    /// </summary>
    /// <exception cref="CaStoreException"><c>KeyFileExists</c>, <c>PathNotWritable</c> or <c>WriteFailed</c>.</exception>
    public void StageFile(string path, byte[] content, bool overwrite)
    {
        if (_commit is null) throw new InvalidOperationException("A unit that reads cannot change the store.");
        _commit.Stage(path, content, overwrite);
    }

    /// <summary>A tree of that name, for tests.</summary>
    public KeyTree Tree(string collection) => new(_database.Collection(collection));

    /// <summary>Has the store say of itself what an earlier one said.</summary>
    public void TakeOver(StoreMeta meta) => meta.Replace(_database);

    /// <summary>Takes documents of an earlier schema whose form has stayed.</summary>
    public void TakeOver(string collection, IEnumerable<BsonDocument> documents) => _database.Collection(collection).Insert(documents);

    /// <summary>What the store holds, counted by reading one index.</summary>
    public StoreStatus Status()
    {
        StoreMeta? meta = StoreMeta.Read(_database);
        return new StoreStatus
        {
            Exists = _database.Exists,
            SchemaVersion = StoreDatabase.SchemaVersion,
            StoreId = meta?.StoreId,
            CreatedAt = meta?.CreatedAt,
            Authorities = Authorities.Count(),
            Certificates = Certificates.CountByState(),
        };
    }
}

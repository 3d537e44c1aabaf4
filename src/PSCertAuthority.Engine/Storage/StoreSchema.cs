using System;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>The layout of the database and its version.</summary>
internal static class StoreSchema
{
    private const string MetaCollection = "meta";
    private const string MetaId = "store";

    public static void Create(LiteDatabase database, TimeProvider clock)
    {
        database.GetCollection(MetaCollection).Insert(new BsonDocument
        {
            ["_id"] = MetaId,
            ["storeId"] = Guid.NewGuid(),
            ["created"] = RecordCodec.ToSeconds(clock.GetUtcSecond()),
            ["units"] = 0L,
        });
        CertificateTable.CreateIndexes(database);
        database.UserVersion = CaStore.SchemaVersion;
        database.Checkpoint();
    }

    public static void Check(LiteDatabase database, string path)
    {
        int version = database.UserVersion;
        if (version > CaStore.SchemaVersion)
            throw StoreErrors.SchemaNewer(path, version, CaStore.SchemaVersion);
        if (version < 1 || !database.CollectionExists(MetaCollection))
            throw StoreErrors.Invalid(path);
    }

    public static (Guid StoreId, DateTime Created) Identity(LiteDatabase database)
    {
        BsonDocument meta = Meta(database);
        return (meta["storeId"].AsGuid, RecordCodec.ToTime(meta["created"]));
    }

    public static long NextUnit(LiteDatabase database) => Meta(database)["units"].AsInt64 + 1;

    public static void CountUnit(LiteDatabase database, long unit)
    {
        BsonDocument meta = Meta(database);
        meta["units"] = unit;
        database.GetCollection(MetaCollection).Update(meta);
    }

    private static BsonDocument Meta(LiteDatabase database) => database.GetCollection(MetaCollection).FindById(MetaId);
}

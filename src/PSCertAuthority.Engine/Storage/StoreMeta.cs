using System;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>What the store says of itself.</summary>
/// <param name="StoreId">Made with the store; a copy has the same.</param>
/// <param name="CreatedAt">UTC, whole seconds.</param>
/// <param name="LastAuthorityId">The highest <see cref="AuthorityRecord.Id"/> given so far, also to authorities that were removed.</param>
internal sealed record StoreMeta(Guid StoreId, DateTime CreatedAt, int LastAuthorityId = 0)
{
    public const string CollectionName = "meta";
    private const string Key = "store";

    /// <summary>Writes it into a new store.</summary>
    public static void Create(StoreDatabase database, DateTime now) => database.Collection(CollectionName).Insert([new StoreMeta(Guid.NewGuid(), now).ToDocument()]);

    /// <summary>Puts it in the place of what the store says.</summary>
    public void Replace(StoreDatabase database) => database.Collection(CollectionName).Update(ToDocument());

    /// <summary>Reads it; null where there is none.</summary>
    public static StoreMeta? Read(StoreDatabase database) =>
        database.Collection(CollectionName).Find(Key) is { } document && document["storeId"].IsGuid
            ? database.Guard(() => new StoreMeta(
                document["storeId"].AsGuid, StoreTime.FromSeconds(document["createdAt"].AsInt64), document["lastAuthority"].IsNull ? 0 : document["lastAuthority"].AsInt32))
            : null;

    private BsonDocument ToDocument() => new()
    {
        ["_id"] = Key,
        ["storeId"] = StoreId,
        ["createdAt"] = StoreTime.ToSeconds(CreatedAt),
        ["lastAuthority"] = LastAuthorityId,
    };
}

using System.Collections.Generic;
using System.Linq;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>What the next CRLs will say: small documents in the order in which a CRL lists them, apart from the certificates.</summary>
internal sealed class CrlFeed
{
    public const string CollectionName = "crl_entries";

    private readonly StoreCollection _collection;

    public CrlFeed(StoreCollection collection) => _collection = collection;

    /// <exception cref="CaStoreException"><c>RecordExists</c>: the serial number is in the feed.</exception>
    public void Add(CrlEntryRecord entry) => AddMany([entry]);

    /// <inheritdoc cref="Add"/>
    public void AddMany(IEnumerable<CrlEntryRecord> entries) => _collection.Insert(entries.Select(ToDocument));

    /// <summary>The entry of a serial number; null if it is not in the feed.</summary>
    public CrlEntryRecord? Find(int authorityId, string serialNumber) =>
        _collection.Find(Key(authorityId, serialNumber)) is { } document ? _collection.Decode(document, ToRecord) : null;

    /// <summary>False if it was not in the feed.</summary>
    public bool Remove(int authorityId, string serialNumber) => RemoveMany(authorityId, [serialNumber]) == 1;

    /// <summary>Gives the number of those that were in the feed.</summary>
    public int RemoveMany(int authorityId, IEnumerable<string> serialNumbers) =>
        _collection.Delete([.. serialNumbers.Select(serial => new BsonValue(Key(authorityId, serial)))]);

    /// <summary>Forgets all entries of an authority.</summary>
    public void RemoveAll(int authorityId) => _collection.Delete(
        [.. _collection.Keys("_id", StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1))]);

    /// <summary>The entries of an authority by serial number, read while they are enumerated.</summary>
    public IEnumerable<CrlEntryRecord> Entries(int authorityId) =>
        _collection.Range("_id", StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1)).Select(document => _collection.Decode(document, ToRecord));

    /// <summary>At most <paramref name="size"/> entries of an authority behind a serial number.</summary>
    public IReadOnlyList<CrlEntryRecord> Page(int authorityId, string? after, int size) =>
    [
        .. _collection.Range("_id", after is null ? StatusKey.Authority(authorityId) : StatusKey.After(Key(authorityId, after)), StatusKey.Authority(authorityId + 1), size)
            .Select(document => _collection.Decode(document, ToRecord)),
    ];

    private static byte[] Key(int authorityId, string serialNumber) =>
        [.. StatusKey.Authority(authorityId), .. StatusKey.SerialOctets(serialNumber)];

    private static BsonDocument ToDocument(CrlEntryRecord entry) => new()
    {
        ["_id"] = Key(entry.AuthorityId, entry.SerialNumber),
        ["notAfter"] = FromTime(entry.NotAfter),
        ["revocation"] = FromRevocation(entry.Revocation),
        ["authority"] = entry.IsAuthority,
        ["addedAfter"] = entry.AddedAfter is { } added ? new BsonValue(added) : BsonValue.Null,
    };

    private static CrlEntryRecord ToRecord(BsonDocument document)
    {
        byte[] key = document["_id"].AsBinary;
        string serial = StatusKey.SerialNumber(key, 4);
        return new(StatusKey.AuthorityOf(key), serial, ToTime(document["notAfter"]), ToRevocation(document["revocation"])!,
            document["authority"].IsBoolean && document["authority"].AsBoolean, document["addedAfter"].IsNull ? null : document["addedAfter"].AsInt64);
    }
}

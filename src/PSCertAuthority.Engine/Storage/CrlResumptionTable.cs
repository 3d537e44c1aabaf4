using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>The certificates that were resumed, until their end: delta CRLs take them off the complete ones.</summary>
internal sealed class CrlResumptionTable
{
    public const string CollectionName = "crl_resumed";

    private readonly StoreCollection _collection;
    private bool? _isEmpty;

    public CrlResumptionTable(StoreCollection collection) => _collection = collection;

    public void Put(CrlResumptionRecord record)
    {
        _ = StoredForm.SerialNumber(record.SerialNumber);
        BsonDocument document = StoredForm.Of("resumption of " + record.SerialNumber, record, ToDocument, ToRecord);
        Remove(record.AuthorityId, record.SerialNumber);
        _isEmpty = false;
        _collection.Insert([document]);
    }

    public void Remove(int authorityId, string serialNumber)
    {
        if (!IsEmpty) _collection.Delete([new BsonValue(Key(authorityId, serialNumber))]);
    }

    /// <summary>Forgets those that have ended.</summary>
    public void RemoveEnded(int authorityId, DateTime now) =>
        _collection.Delete([.. Entries(authorityId).Where(record => record.NotAfter < now).Select(record => new BsonValue(Key(authorityId, record.SerialNumber))).ToList()]);

    /// <summary>Forgets all of an authority.</summary>
    public void RemoveAll(int authorityId) =>
        _collection.Delete([.. _collection.Keys("_id", StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1))]);

    /// <summary>Those of an authority by serial number.</summary>
    public IEnumerable<CrlResumptionRecord> Entries(int authorityId) =>
        _collection.Range("_id", StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1)).Select(document => _collection.Decode(document, ToRecord));

    /// <summary>Most stores never resume anything; then there is nothing to look for at each revocation.</summary>
    private bool IsEmpty => _isEmpty ??= !_collection.Keys("_id", BsonValue.MinValue, BsonValue.MaxValue, 1).Any();

    private static byte[] Key(int authorityId, string serialNumber) => [.. StatusKey.Authority(authorityId), .. StatusKey.SerialOctets(serialNumber)];

    private static BsonDocument ToDocument(CrlResumptionRecord record) => new()
    {
        ["_id"] = Key(record.AuthorityId, record.SerialNumber),
        ["notAfter"] = FromTime(record.NotAfter),
        ["resumedAt"] = FromTime(record.ResumedAt),
        ["authority"] = record.IsAuthority,
        ["addedAfter"] = record.AddedAfter is { } added ? new BsonValue(added) : BsonValue.Null,
        ["resumedAfter"] = record.ResumedAfter,
    };

    private static CrlResumptionRecord ToRecord(BsonDocument document)
    {
        byte[] key = document["_id"].AsBinary;
        return new(
            StatusKey.AuthorityOf(key),
            StatusKey.SerialNumber(key, 4),
            ToTime(document["notAfter"]),
            ToTime(document["resumedAt"]),
            document["authority"].AsBoolean,
            document["addedAfter"].IsNull ? null : document["addedAfter"].AsInt64,
            document["resumedAfter"].AsInt64);
    }
}

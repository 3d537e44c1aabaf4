using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>The authorities of a store: a few, so that they are simply read through.</summary>
internal sealed class AuthorityTable(LiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _collection = database.GetCollection("authorities", BsonAutoId.Int32);

    /// <exception cref="CaStoreException"><c>AuthorityNameExists</c>.</exception>
    public AuthorityRecord Insert(AuthorityRecord record)
    {
        if (FindByName(record.Name) is not null)
            throw StoreErrors.AuthorityNameExists(record.Name);
        BsonDocument document = ToDocument(record);
        document.Remove("_id");
        return record with { Id = _collection.Insert(document).AsInt32 };
    }

    public void Update(AuthorityRecord record) => _collection.Update(ToDocument(record));

    public IReadOnlyList<AuthorityRecord> All() => [.. _collection.FindAll().Select(FromDocument)];

    public AuthorityRecord? FindById(int id) => _collection.FindById(id) is { } document ? FromDocument(document) : null;

    public AuthorityRecord? FindByName(string name) =>
        All().FirstOrDefault(record => string.Equals(record.Name, name, StringComparison.OrdinalIgnoreCase));

    private static BsonDocument ToDocument(AuthorityRecord record) => new()
    {
        ["_id"] = record.Id,
        ["name"] = record.Name,
        ["serial"] = record.SerialNumber,
        ["parent"] = record.ParentId is { } parent ? new BsonValue(parent) : BsonValue.Null,
        ["subject"] = record.Subject,
        ["cn"] = record.CommonName,
        ["enabled"] = record.Enabled,
        ["notBefore"] = RecordCodec.ToSeconds(record.NotBefore),
        ["notAfter"] = RecordCodec.ToSeconds(record.NotAfter),
        ["created"] = RecordCodec.ToSeconds(record.CreatedAt),
        ["der"] = record.Certificate,
        ["keyFile"] = record.KeyFile,
        ["digest"] = record.DigestAlgorithm,
        ["crlUrls"] = RecordCodec.ToArray(record.CrlUrls),
        ["ocspUrls"] = RecordCodec.ToArray(record.OcspUrls),
        ["issuerUrls"] = RecordCodec.ToArray(record.IssuerUrls),
        ["issuerAltNames"] = RecordCodec.ToArray(record.IssuerAlternativeNames),
        ["crlNumber"] = record.LastCrlNumber,
        ["revocation"] = RecordCodec.FromRevocation(record.Revocation),
    };

    private static AuthorityRecord FromDocument(BsonDocument document) => new()
    {
        Id = document["_id"].AsInt32,
        Name = document["name"].AsString,
        SerialNumber = document["serial"].AsString,
        ParentId = document["parent"].IsNull ? null : document["parent"].AsInt32,
        Subject = document["subject"].AsString,
        CommonName = document["cn"].AsString,
        Enabled = document["enabled"].AsBoolean,
        NotBefore = RecordCodec.ToTime(document["notBefore"]),
        NotAfter = RecordCodec.ToTime(document["notAfter"]),
        CreatedAt = RecordCodec.ToTime(document["created"]),
        Certificate = document["der"].AsBinary,
        KeyFile = document["keyFile"].AsString,
        DigestAlgorithm = document["digest"].AsString,
        CrlUrls = RecordCodec.ToList(document["crlUrls"]),
        OcspUrls = RecordCodec.ToList(document["ocspUrls"]),
        IssuerUrls = RecordCodec.ToList(document["issuerUrls"]),
        IssuerAlternativeNames = RecordCodec.ToList(document["issuerAltNames"]),
        LastCrlNumber = document["crlNumber"].AsInt64,
        Revocation = RecordCodec.ToRevocation(document["revocation"]),
    };
}

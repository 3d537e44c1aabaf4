using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>
/// The issued certificates, one document each. Three indexes: the serial number (with its authority, in <c>_id</c>), the
/// <see cref="StatusKey"/>, and the common name in lower case.
/// </summary>
internal sealed class CertificateTable(LiteDatabase database)
{
    private const string Name = "certificates";

    private readonly ILiteCollection<BsonDocument> _collection = database.GetCollection(Name);

    public static void CreateIndexes(LiteDatabase database)
    {
        ILiteCollection<BsonDocument> collection = database.GetCollection(Name);
        collection.EnsureIndex("status", "$.status", unique: true);
        collection.EnsureIndex("cn", "$.cnLower");
    }

    public void InsertMany(IReadOnlyCollection<CertificateRecord> records) => _collection.Insert(records.Select(ToDocument));

    public void Update(CertificateRecord record) => _collection.Update(ToDocument(record));

    public CertificateRecord? Find(int authorityId, string serialNumber) =>
        _collection.FindById(IdOf(authorityId, serialNumber)) is { } document ? FromDocument(document) : null;

    /// <summary>Those whose serial number begins so, <paramref name="limit"/> at most.</summary>
    public IReadOnlyList<CertificateRecord> FindBySerialPrefix(string prefix, int limit) =>
        [.. _collection.Find(Query.Between("_id", prefix, prefix + "~"), 0, limit).Select(FromDocument)];

    /// <summary>Those with that common name whatever the case, <paramref name="limit"/> at most.</summary>
    public IReadOnlyList<CertificateRecord> FindByCommonName(string commonName, int limit) =>
        [.. _collection.Find(Query.EQ("cnLower", commonName.ToLowerInvariant()), 0, limit).Select(FromDocument)];

    public int Count() => _collection.Count();

    /// <summary>One page of a listing, by authority, state and end.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="authorities">The ids of the authorities to list.</param>
    /// <param name="after">Where the last page ended; null for the first.</param>
    /// <param name="size">How many records at most.</param>
    public CertificatePage Page(CertificateQuery query, IEnumerable<int> authorities, byte[]? after, int size)
    {
        var records = new List<CertificateRecord>(size);
        foreach ((byte[] from, byte[] to) in StatusKey.Ranges(query, authorities))
        {
            if (after is not null && StatusKey.Compare(after, to) >= 0)
                continue;
            BsonExpression range = after is not null && StatusKey.Compare(after, from) >= 0
                ? Query.And(Query.GT("status", after), Query.LT("status", to))
                : Query.Between("status", from, to);
            records.AddRange(_collection.Find(range, 0, size - records.Count).Select(FromDocument));
            if (records.Count >= size)
                return new CertificatePage(records, StatusKey.Of(records[records.Count - 1]));
        }

        return new CertificatePage(records, null);
    }

    private static string IdOf(int authorityId, string serialNumber) =>
        serialNumber + "/" + authorityId.ToString(CultureInfo.InvariantCulture);

    private static BsonDocument ToDocument(CertificateRecord record) => new()
    {
        ["_id"] = IdOf(record.AuthorityId, record.SerialNumber),
        ["status"] = StatusKey.Of(record),
        ["cnLower"] = record.CommonName.ToLowerInvariant(),
        ["cn"] = record.CommonName,
        ["subject"] = record.Subject,
        ["profile"] = record.Profile,
        ["notBefore"] = RecordCodec.ToSeconds(record.NotBefore),
        ["notAfter"] = RecordCodec.ToSeconds(record.NotAfter),
        ["issued"] = RecordCodec.ToSeconds(record.IssuedAt),
        ["watchers"] = RecordCodec.ToArray(record.Watchers),
        ["revocation"] = RecordCodec.FromRevocation(record.Revocation),
        ["der"] = record.Certificate,
    };

    private static CertificateRecord FromDocument(BsonDocument document)
    {
        string id = document["_id"].AsString;
        int slash = id.IndexOf('/');
        return new CertificateRecord
        {
            SerialNumber = id.Substring(0, slash),
            AuthorityId = int.Parse(id.Substring(slash + 1), CultureInfo.InvariantCulture),
            Subject = document["subject"].AsString,
            CommonName = document["cn"].AsString,
            Profile = document["profile"].AsString,
            NotBefore = RecordCodec.ToTime(document["notBefore"]),
            NotAfter = RecordCodec.ToTime(document["notAfter"]),
            IssuedAt = RecordCodec.ToTime(document["issued"]),
            Watchers = RecordCodec.ToList(document["watchers"]),
            Revocation = RecordCodec.ToRevocation(document["revocation"]),
            Certificate = document["der"].AsBinary,
        };
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>The issued end-entity certificates; every search goes through an index.</summary>
internal sealed class CertificateTable
{
    public const string CollectionName = "certificates";
    public const string StatusField = "status";
    private const string CommonNameField = "cnKey";

    private readonly StoreCollection _collection;

    public CertificateTable(StoreCollection collection) => _collection = collection;

    /// <summary>Makes the indexes of a new store.</summary>
    public static void CreateIndexes(StoreCollection collection)
    {
        collection.EnsureIndex(StatusField, unique: true);
        collection.EnsureIndex(CommonNameField, unique: false);
    }

    /// <exception cref="CaStoreException"><c>RecordExists</c>: the authority has a certificate with this serial number.</exception>
    public void InsertMany(IReadOnlyList<CertificateRecord> records) => _collection.Insert(records.Select(CertificateDocument.From));

    /// <summary>Replaces the certificate with the same authority and serial number.</summary>
    /// <exception cref="CaStoreException"><c>RecordNotFound</c>.</exception>
    public void Update(CertificateRecord record)
    {
        if (!_collection.Update(CertificateDocument.From(record)))
        {
            throw StoreErrors.RecordNotFound($"certificate {record.SerialNumber} of the authority with the number {record.AuthorityId}");
        }
    }

    public CertificateRecord? Find(int authorityId, string serialNumber) =>
        _collection.Find(CertificateDocument.Key(authorityId, serialNumber)) is { } document ? _collection.Decode(document, CertificateDocument.ToRecord) : null;

    public bool Exists(int authorityId, string serialNumber)
    {
        string key = CertificateDocument.Key(authorityId, serialNumber);
        return _collection.Keys("_id", key, key, 1).Any();
    }

    /// <summary>The certificates whose serial number starts so, digits without colons in any case, in the order of the serial numbers.</summary>
    public IReadOnlyList<CertificateRecord> FindBySerialPrefix(string prefix, int limit)
    {
        // '~' sorts after every digit and the '/'.
        string from = prefix.ToUpperInvariant();
        return [.. _collection.Range("_id", from, from + "~", limit).Select(document => _collection.Decode(document, CertificateDocument.ToRecord))];
    }

    /// <summary>The certificates of exactly that common name, whatever the case.</summary>
    public IReadOnlyList<CertificateRecord> FindByCommonName(string commonName, int limit)
    {
        string key = CertificateDocument.CommonNameKey(commonName);
        return
        [
            .. _collection.Range(CommonNameField, key, key).Select(document => _collection.Decode(document, CertificateDocument.ToRecord))
                .Where(record => string.Equals(record.CommonName, commonName, StringComparison.OrdinalIgnoreCase))
                .Take(limit),
        ];
    }

    /// <summary>At most <paramref name="size"/> keys of the index by state behind <paramref name="after"/>; no certificate is read.</summary>
    public IEnumerable<byte[]> StatusKeys(int authorityId, byte[]? after, int size) => _collection
        .Keys(StatusField, after is null ? StatusKey.Authority(authorityId) : StatusKey.After(after), StatusKey.Authority(authorityId + 1), size)
        .Select(key => key.AsBinary);

    /// <summary>How many of an authority are neither revoked nor at their end; reads one index and no certificate.</summary>
    public int CountLive(int authorityId, DateTime now)
    {
        long from = StoreTime.ToSeconds(now) + 1;
        byte[] Bound(byte state, long seconds) => StatusKey.Bound(authorityId, state, seconds);
        return _collection.Keys(StatusField, Bound(0, from), Bound(1, 0)).Count() + _collection.Keys(StatusField, Bound(1, from), Bound(2, 0)).Count();
    }

    /// <summary>False if there was none.</summary>
    public bool Remove(int authorityId, string serialNumber) => _collection.Delete([new BsonValue(CertificateDocument.Key(authorityId, serialNumber))]) == 1;

    /// <summary>Removes all certificates of an authority and gives their number.</summary>
    public int RemoveAll(int authorityId)
    {
        byte[][] keys = [.. _collection.Keys(StatusField, StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1)).Select(key => key.AsBinary)];
        return _collection.Delete([.. keys.Select(key => new BsonValue(CertificateDocument.Key(authorityId, StatusKey.SerialNumberOf(key))))]);
    }

    /// <summary>How many there are, of one authority or of all.</summary>
    public int Count(int? authorityId = null) => CountByState(authorityId).Total;

    /// <summary>How many there are by state; reads one index and no certificate.</summary>
    public CertificateCounts CountByState(int? authorityId = null)
    {
        var counts = new int[3];
        byte[] from = StatusKey.Authority(authorityId ?? 0);
        byte[] to = authorityId is { } id ? StatusKey.Authority(id + 1) : StatusKey.Authority(-1);
        foreach (BsonValue key in _collection.Keys(StatusField, from, to)) counts[key.AsBinary[StatusKey.StateOffset]]++;
        return new(counts[0], counts[1], counts[2]);
    }

    /// <summary>At most <paramref name="size"/> certificates after <paramref name="after"/>.</summary>
    /// <param name="query">Which ones; the same for every page of one listing.</param>
    /// <param name="after">The <see cref="CertificatePage.Next"/> of the page before; null for the first.</param>
    /// <param name="size">1 upwards.</param>
    public CertificatePage Page(CertificateQuery query, byte[]? after, int size) => new CertificateWalk(_collection, query).Page(after, size);

    /// <summary>How many keys each index has: by serial number, by state, by common name.</summary>
    public (int BySerialNumber, int ByState, int ByCommonName) CountIndexes() => (
        _collection.Keys("_id", BsonValue.MinValue, BsonValue.MaxValue).Count(),
        _collection.Keys(StatusField, BsonValue.MinValue, BsonValue.MaxValue).Count(),
        _collection.Keys(CommonNameField, BsonValue.MinValue, BsonValue.MaxValue).Count());

    /// <summary>At most <paramref name="size"/> documents behind a key, whatever state they are in; for tests of the store.</summary>
    public IReadOnlyList<BsonDocument> PageOfDocuments(string after, int size)
    {
        // '!' sorts before every digit and the '/', so that nothing lies between a key and this.
        string from = after.Length == 0 ? after : after + "!";
        return [.. _collection.Range("_id", from, "~", size)];
    }

    /// <summary>How LiteDB would run one range of a listing, for tests.</summary>
    public BsonDocument ExplainPage(int authorityId, bool keysOnly = false) =>
        _collection.Explain(StatusField, StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1), keysOnly);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>The CRLs that were made, and beside them the newest complete one of each scope.</summary>
internal sealed class CrlTable
{
    public const string CollectionName = "crls";
    public const string NewestCollectionName = "crls_newest";

    private readonly StoreCollection _collection;
    private readonly StoreCollection _newest;

    public CrlTable(StoreCollection collection, StoreCollection newest)
    {
        _collection = collection;
        _newest = newest;
    }

    /// <exception cref="CaStoreException"><c>RecordExists</c>: the authority has used this number.</exception>
    public void Insert(CrlRecord crl)
    {
        _collection.Insert([Checked(crl, Key(crl.AuthorityId, crl.Number))]);
        if (crl.BaseNumber is not null || Newest(crl.AuthorityId, crl.Scope)?.Number > crl.Number) return;
        BsonDocument document = Checked(crl, ScopeKey(crl.AuthorityId, crl.Scope));
        if (!_newest.Update(document)) _newest.Insert([document]);
    }

    /// <summary>The CRL of the highest number; null before the first.</summary>
    public CrlRecord? Latest(int authorityId) => Last(authorityId, StatusKey.Authority(authorityId + 1));

    /// <summary>The complete CRL of the highest number that is about the same; null before the first.</summary>
    public CrlRecord? LatestComplete(int authorityId, string scope)
    {
        if (Newest(authorityId, scope) is { } newest) return newest;
        CrlRecord? crl = Latest(authorityId);
        while (crl is not null && (crl.BaseNumber is not null || crl.Scope != scope))
            crl = crl.Number > 0 ? Last(authorityId, Key(authorityId, crl.Number - 1)) : null;
        return crl;
    }

    /// <summary>The newest complete CRL of each scope of an authority.</summary>
    public IEnumerable<CrlRecord> LatestComplete(int authorityId)
    {
        var newest = _newest.Range("_id", StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1)).Select(document => _newest.Decode(document, d => ToRecord(authorityId, d))).ToList();
        // Stores from before this was kept have it once each scope has had its next CRL.
        return newest.Any(crl => crl.Scope.Length == 0) || LatestComplete(authorityId, string.Empty) is not { } everything ? newest : [everything, .. newest];
    }

    /// <summary>Forgets the CRLs of an authority.</summary>
    public void RemoveAll(int authorityId)
    {
        foreach (StoreCollection collection in new[] { _collection, _newest })
            collection.Delete([.. collection.Keys("_id", StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1))]);
    }

    private CrlRecord? Newest(int authorityId, string scope) =>
        _newest.Find(ScopeKey(authorityId, scope)) is { } document ? _newest.Decode(document, d => ToRecord(authorityId, d)) : null;

    private CrlRecord? Last(int authorityId, byte[] to) => _collection.Last("_id", StatusKey.Authority(authorityId), to) is { } document
        ? _collection.Decode(document, d => ToRecord(authorityId, d))
        : null;

    private static BsonDocument Checked(CrlRecord crl, byte[] key) =>
        StoredForm.Of($"CRL {crl.Number}", crl, record => ToDocument(record, key), document => ToRecord(crl.AuthorityId, document));

    private static BsonDocument ToDocument(CrlRecord crl, byte[] key) => new()
    {
        ["_id"] = key,
        ["thisUpdate"] = FromTime(crl.ThisUpdate),
        ["nextUpdate"] = FromTime(crl.NextUpdate),
        ["number"] = crl.Number,
        ["entries"] = crl.EntryCount,
        ["base"] = crl.BaseNumber is { } number ? new BsonValue(number) : BsonValue.Null,
        ["scope"] = crl.Scope,
        ["covered"] = crl.Covered.Count == 0 ? BsonValue.Null : new BsonArray(crl.Covered.Select(id => new BsonValue(id))),
    };

    private static CrlRecord ToRecord(int authorityId, BsonDocument document) => new(
        authorityId, document["number"].AsInt64, ToTime(document["thisUpdate"]), ToTime(document["nextUpdate"]), document["entries"].AsInt32,
        document["base"].IsNull ? null : document["base"].AsInt64, document["scope"].IsString ? document["scope"].AsString : string.Empty)
    {
        Covered = document["covered"].IsNull ? [] : [.. document["covered"].AsArray.Select(id => id.AsInt32)],
    };

    /// <summary>LiteDB's keys are short, and a scope may name many URLs.</summary>
    private static byte[] ScopeKey(int authorityId, string scope)
    {
        using var algorithm = SHA256.Create();
        return [.. StatusKey.Authority(authorityId), .. algorithm.ComputeHash(Encoding.UTF8.GetBytes(scope))];
    }

    private static byte[] Key(int authorityId, long number)
    {
        byte[] octets = BitConverter.GetBytes(number);
        if (BitConverter.IsLittleEndian) Array.Reverse(octets);
        return [.. StatusKey.Authority(authorityId), .. octets];
    }
}

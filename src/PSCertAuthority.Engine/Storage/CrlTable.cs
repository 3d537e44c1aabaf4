using System;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>The CRLs that were made.</summary>
internal sealed class CrlTable
{
    public const string CollectionName = "crls";

    private readonly StoreCollection _collection;

    public CrlTable(StoreCollection collection) => _collection = collection;

    /// <exception cref="CaStoreException"><c>RecordExists</c>: the authority has used this number.</exception>
    public void Insert(CrlRecord crl) => _collection.Insert(
    [
        new BsonDocument
        {
            ["_id"] = Key(crl.AuthorityId, crl.Number),
            ["thisUpdate"] = FromTime(crl.ThisUpdate),
            ["nextUpdate"] = FromTime(crl.NextUpdate),
            ["number"] = crl.Number,
            ["entries"] = crl.EntryCount,
            ["base"] = crl.BaseNumber is { } number ? new BsonValue(number) : BsonValue.Null,
            ["scope"] = crl.Scope,
        },
    ]);

    /// <summary>The CRL of the highest number; null before the first.</summary>
    public CrlRecord? Latest(int authorityId) => Last(authorityId, StatusKey.Authority(authorityId + 1));

    /// <summary>The complete CRL of the highest number that is about the same; null before the first.</summary>
    public CrlRecord? LatestComplete(int authorityId, string scope)
    {
        CrlRecord? crl = Latest(authorityId);
        while (crl is not null && (crl.BaseNumber is not null || crl.Scope != scope))
            crl = crl.Number > 0 ? Last(authorityId, Key(authorityId, crl.Number - 1)) : null;
        return crl;
    }

    /// <summary>Forgets the CRLs of an authority.</summary>
    public void RemoveAll(int authorityId) => _collection.Delete(
        [.. _collection.Keys("_id", StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1))]);

    private CrlRecord? Last(int authorityId, byte[] to) => _collection.Last("_id", StatusKey.Authority(authorityId), to) is { } document
        ? _collection.Decode(document, d => new CrlRecord(
            authorityId, d["number"].AsInt64, ToTime(d["thisUpdate"]), ToTime(d["nextUpdate"]), d["entries"].AsInt32,
            d["base"].IsNull ? null : d["base"].AsInt64, d["scope"].IsString ? d["scope"].AsString : string.Empty))
        : null;

    private static byte[] Key(int authorityId, long number)
    {
        byte[] octets = BitConverter.GetBytes(number);
        if (BitConverter.IsLittleEndian) Array.Reverse(octets);
        return [.. StatusKey.Authority(authorityId), .. octets];
    }
}

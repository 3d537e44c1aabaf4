using System.Collections.Generic;
using System.Linq;
using LiteDB;
using Org.BouncyCastle.Utilities.Encoders;

namespace PSCertAuthority.Storage;

/// <summary>What the next CRL of each authority says; apart from the certificates, so that making a CRL reads none of them.</summary>
internal sealed class CrlEntryTable(LiteDatabase database)
{
    private const int AuthorityLength = 4;

    private readonly ILiteCollection<BsonDocument> _collection = database.GetCollection("crl_entries");

    /// <summary>Adds an entry, or takes the place of that of the same certificate.</summary>
    public void Put(CrlEntryRecord entry) => _collection.Upsert(new BsonDocument
    {
        ["_id"] = IdOf(entry.AuthorityId, entry.SerialNumber),
        ["notAfter"] = RecordCodec.ToSeconds(entry.NotAfter),
        ["revocation"] = RecordCodec.FromRevocation(entry.Revocation),
    });

    public bool Remove(int authorityId, string serialNumber) => _collection.Delete(IdOf(authorityId, serialNumber));

    /// <summary>The entries of an authority, by serial number.</summary>
    public IEnumerable<CrlEntryRecord> Of(int authorityId) => _collection
        .Find(Query.Between("_id", StatusKey.BigEndian(authorityId, AuthorityLength), StatusKey.BigEndian(authorityId + 1, AuthorityLength)))
        .Select(document => new CrlEntryRecord(
            authorityId,
            SerialOf(document["_id"].AsBinary),
            RecordCodec.ToTime(document["notAfter"]),
            RecordCodec.ToRevocation(document["revocation"])!));

    private static string SerialOf(byte[] id) => Hex.ToHexString(id, AuthorityLength, id.Length - AuthorityLength).ToUpperInvariant();

    private static byte[] IdOf(int authorityId, string serialNumber) =>
        [.. StatusKey.BigEndian(authorityId, AuthorityLength), .. StatusKey.Octets(serialNumber)];
}

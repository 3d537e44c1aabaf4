using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>That CRLs were made; the lists themselves are files.</summary>
internal sealed class CrlTable(LiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _collection = database.GetCollection("crls");

    public void Insert(CrlRecord record) => _collection.Insert(new BsonDocument
    {
        ["_id"] = (byte[])[.. StatusKey.BigEndian(record.AuthorityId, 4), .. StatusKey.BigEndian(record.Number, 8)],
        ["authority"] = record.AuthorityId,
        ["number"] = record.Number,
        ["thisUpdate"] = RecordCodec.ToSeconds(record.ThisUpdate),
        ["nextUpdate"] = RecordCodec.ToSeconds(record.NextUpdate),
        ["entries"] = record.EntryCount,
    });

    public int Count() => _collection.Count();
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>Which watchers were told of which certificates: one document for a certificate, an address and a day mark.</summary>
internal sealed class NoticeTable
{
    public const string CollectionName = "notices";

    private readonly StoreCollection _collection;

    public NoticeTable(StoreCollection collection) => _collection = collection;

    /// <summary>All notices of a certificate, sent or claimed.</summary>
    public IReadOnlyList<NoticeRecord> Of(int authorityId, string serialNumber)
    {
        // '!' is what follows the space that ends the certificate's part of the key.
        string certificate = CertificateDocument.Key(authorityId, serialNumber);
        return [.. _collection.Range("_id", certificate + " ", certificate + "!").Select(document => _collection.Decode(document, ToRecord))];
    }

    /// <summary>Adds a notice, or replaces that of the same certificate, address and day.</summary>
    public void Put(NoticeRecord record)
    {
        BsonDocument document = StoredForm.Of("notice to " + record.Address, record, ToDocument, ToRecord);
        if (!_collection.Update(document)) _collection.Insert([document]);
    }

    public void Remove(NoticeRecord record) => _collection.Delete([Key(record)]);

    private static string Key(NoticeRecord record) => string.Join(
        " ", CertificateDocument.Key(record.AuthorityId, record.SerialNumber), record.Address, record.Day.ToString(CultureInfo.InvariantCulture));

    private static BsonDocument ToDocument(NoticeRecord record) => new()
    {
        ["_id"] = Key(record),
        ["authority"] = record.AuthorityId,
        ["serial"] = record.SerialNumber,
        ["address"] = record.Address,
        ["day"] = record.Day,
        ["run"] = record.Run,
        ["at"] = FromTime(record.At),
        ["until"] = FromTime(record.ClaimedUntil),
    };

    private static NoticeRecord ToRecord(BsonDocument document) => new()
    {
        AuthorityId = document["authority"].AsInt32,
        SerialNumber = document["serial"].AsString,
        Address = document["address"].AsString,
        Day = document["day"].AsInt32,
        Run = document["run"].AsGuid,
        At = ToTime(document["at"]),
        ClaimedUntil = document["until"].IsNull ? null : ToTime(document["until"]),
    };
}

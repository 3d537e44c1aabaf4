using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>How the schemas up to the second kept what the present one keeps otherwise.</summary>
internal static class SchemaTwo
{
    /// <summary>The last schema that was so.</summary>
    public const int Last = 2;

    /// <summary>The collections that are not taken over as they are.</summary>
    public static string[] Rewritten { get; } = [CertificateTable.CollectionName, CrlFeed.CollectionName];

    public static CertificateRecord ToCertificate(BsonDocument document) => new()
    {
        SerialNumber = ToSerialNumber(document["serial"]),
        AuthorityId = document["authority"].AsInt32,
        Subject = ToText(document["subject"]),
        CommonName = ToText(document["cn"]),
        Profile = ToText(document["profile"]),
        NotBefore = ToTime(document["notBefore"]),
        NotAfter = ToTime(document["notAfter"]),
        IssuedAt = ToTime(document["issuedAt"]),
        Watchers = ToList(document["watchers"]),
        Revocation = ToRevocation(document["revocation"]),
        Replaces = document["replaces"].IsNull ? null : ToText(document["replaces"]),
        ReplacedBy = document["replacedBy"].IsNull ? null : ToText(document["replacedBy"]),
        Certificate = document["der"].AsBinary,
    };

    public static CrlEntryRecord ToCrlEntry(BsonDocument document)
    {
        byte[] key = document["_id"].AsBinary;
        return new(
            StatusKey.AuthorityOf(key), StatusKey.SerialNumber(key, 4), ToTime(document["notAfter"]), ToRevocation(document["revocation"])!,
            document["authority"].IsBoolean && document["authority"].AsBoolean, document["addedAfter"].IsNull ? null : document["addedAfter"].AsInt64);
    }
}

using System.Globalization;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>A certificate as a LiteDB document.</summary>
internal static class CertificateDocument
{
    /// <summary>LiteDB refuses index keys over 1023 octets; names that differ only after this many characters are told apart later.</summary>
    private const int CommonNameKeyLength = 200;

    /// <summary>The key by serial number: <c>75BCD1/3</c>.</summary>
    public static string Key(int authorityId, string serialNumber) =>
        serialNumber + "/" + authorityId.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key by common name.</summary>
    public static string CommonNameKey(string commonName)
    {
        string lower = commonName.ToLowerInvariant();
        return lower.Length <= CommonNameKeyLength ? lower : lower.Substring(0, CommonNameKeyLength);
    }

    public static BsonDocument From(CertificateRecord record) => new()
    {
        ["_id"] = Key(record.AuthorityId, record.SerialNumber),
        ["status"] = StatusKey.Of(record),
        ["cnKey"] = CommonNameKey(record.CommonName),
        ["serial"] = record.SerialNumber,
        ["authority"] = record.AuthorityId,
        ["subject"] = record.Subject,
        ["cn"] = record.CommonName,
        ["profile"] = record.Profile,
        ["notBefore"] = FromTime(record.NotBefore),
        ["notAfter"] = FromTime(record.NotAfter),
        ["issuedAt"] = FromTime(record.IssuedAt),
        ["watchers"] = FromList(record.Watchers),
        ["revocation"] = FromRevocation(record.Revocation),
        ["replaces"] = record.Replaces is { } replaces ? new BsonValue(replaces) : BsonValue.Null,
        ["replacedBy"] = record.ReplacedBy is { } replacedBy ? new BsonValue(replacedBy) : BsonValue.Null,
        ["der"] = record.Certificate,
    };

    /// <summary>Whether the document is found where its record belongs in every index.</summary>
    public static bool KeysFit(BsonDocument document, CertificateRecord record) =>
        document["_id"].AsString == Key(record.AuthorityId, record.SerialNumber)
        && document["status"].IsBinary && StatusKey.Compare(document["status"].AsBinary, StatusKey.Of(record)) == 0
        && document["cnKey"].AsString == CommonNameKey(record.CommonName);

    public static CertificateRecord ToRecord(BsonDocument document) => new()
    {
        SerialNumber = ToText(document["serial"]),
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
}

using System.Globalization;
using System.Text;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>A certificate as a BSON document. What is empty is left out.</summary>
internal static class CertificateDocument
{
    /// <summary>Names that differ only after this many characters are told apart later.</summary>
    private const int CommonNameKeyLength = 200;

    private const string CommonNamePrefix = "/CN=";

    /// <summary>How records name another certificate: <c>75BCD1/3</c>.</summary>
    public static string Key(int authorityId, string serialNumber) =>
        serialNumber + "/" + authorityId.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key by serial number.</summary>
    public static byte[] SerialKey(int authorityId, string serialNumber) => [.. StatusKey.Authority(authorityId), .. StatusKey.SerialOctets(serialNumber)];

    /// <summary>What the keys by common name begin with, for a name in any case.</summary>
    public static byte[] CommonNameKey(string commonName)
    {
        string lower = commonName.ToLowerInvariant();
        return [.. Encoding.UTF8.GetBytes(lower.Length <= CommonNameKeyLength ? lower : lower.Substring(0, CommonNameKeyLength)), 0];
    }

    public static BsonDocument From(CertificateRecord record)
    {
        var document = new BsonDocument
        {
            ["ca"] = record.AuthorityId,
            ["serial"] = StatusKey.SerialOctets(record.SerialNumber),
            ["subject"] = record.Subject,
            ["profile"] = record.Profile,
            ["from"] = FromTime(record.NotBefore),
            ["to"] = FromTime(record.NotAfter),
            ["at"] = FromTime(record.IssuedAt),
            ["der"] = record.Certificate,
        };
        if (record.Subject != CommonNamePrefix + record.CommonName) document["cn"] = record.CommonName;
        if (record.Watchers.Count > 0) document["watchers"] = FromList(record.Watchers);
        if (record.Revocation is not null) document["revocation"] = FromRevocation(record.Revocation);
        if (record.Replaces is not null) document["replaces"] = record.Replaces;
        if (record.ReplacedBy is not null) document["replacedBy"] = record.ReplacedBy;
        if (record.IsServerManaged) document["server"] = true;
        return document;
    }

    public static CertificateRecord ToRecord(BsonDocument document, long? number = null)
    {
        string subject = ToText(document["subject"]);
        return new()
        {
            SerialNumber = StatusKey.SerialNumber(document["serial"].AsBinary, 0),
            Number = number,
            AuthorityId = document["ca"].AsInt32,
            Subject = subject,
            CommonName = document["cn"].IsString ? document["cn"].AsString : subject.Substring(CommonNamePrefix.Length),
            Profile = ToText(document["profile"]),
            NotBefore = ToTime(document["from"]),
            NotAfter = ToTime(document["to"]),
            IssuedAt = ToTime(document["at"]),
            Watchers = ToList(document["watchers"]),
            Revocation = ToRevocation(document["revocation"]),
            Replaces = document["replaces"].IsNull ? null : ToText(document["replaces"]),
            ReplacedBy = document["replacedBy"].IsNull ? null : ToText(document["replacedBy"]),
            IsServerManaged = document["server"] is { IsBoolean: true, AsBoolean: true },
            Certificate = document["der"].AsBinary,
        };
    }
}

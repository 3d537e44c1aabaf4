using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>How the third schema kept what the present one keeps otherwise: a document for each certificate.</summary>
internal static class SchemaThree
{
    /// <summary>The last schema that was so.</summary>
    public const int Last = 3;

    /// <summary>The collections that are not taken over as they are.</summary>
    public static string[] Rewritten { get; } = [CertificateTable.CollectionName];

    public static (CertificateRecord Record, long Number) ToCertificate(BsonDocument document) =>
        (CertificateDocument.ToRecord(document), document["_id"].AsInt64);
}

using System;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>A certificate's record as the store keeps it.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="Octets">The document in BSON.</param>
internal sealed record StoredCertificate(long Number, byte[] Octets)
{
    /// <summary>What it says; octets that are no record are met with whatever LiteDB's reader runs into.</summary>
    public CertificateRecord ToRecord() => CertificateDocument.ToRecord(BsonSerializer.Deserialize(Octets), Number);

    /// <summary>What it says; null where it is no record, and why.</summary>
    public CertificateRecord? TryRead(out string why)
    {
        try
        {
            why = string.Empty;
            return ToRecord();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            why = e.Message;
            return null;
        }
    }
}

using System;
using System.Linq;
using LiteDB;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Storage;

/// <summary>Records on their way into the store: what could not be read again is refused before anything is changed.</summary>
internal static class StoredForm
{
    /// <summary>A group of twelve certificates still fits a document of LiteDB.</summary>
    private const int LargestCertificate = 1 << 20;

    /// <summary>LiteDB's own documents may be a little larger.</summary>
    private const int LargestDocument = 15 << 20;

    /// <summary>LiteDB takes keys of 1023 bytes, with what describes them.</summary>
    private const int LongestKey = 1000;

    /// <summary>RFC 5280, section 4.1.2.2, has 20; there are certificates with more. Keys of indexes hold more than the serial number.</summary>
    private const int LongestSerialNumber = 128;

    /// <summary>The document of a record, as <paramref name="decode"/> reads it without loss.</summary>
    /// <param name="what">What it is, for the error.</param>
    /// <param name="record">The record.</param>
    /// <param name="encode">Makes its document.</param>
    /// <param name="decode">Reads the document as the store will.</param>
    /// <exception cref="CaStoreException"><c>RecordInvalid</c>.</exception>
    public static BsonDocument Of<T>(string what, T record, Func<T, BsonDocument> encode, Func<BsonDocument, T> decode) => Guard(what, () =>
    {
        BsonDocument document = encode(record);
        RequireKey(document["_id"]);
        RequireReadable(document, encode, decode);
        return document;
    });

    /// <summary>The bytes of a certificate's record. There are thousands of them in a transaction: what the reader would refuse is looked for without reading.</summary>
    /// <exception cref="CaStoreException"><c>RecordInvalid</c>.</exception>
    public static byte[] Of(CertificateRecord record) => Guard("certificate " + Repaired(record.SerialNumber), () =>
    {
        _ = RequireSerialNumber(record.SerialNumber);
        if (record.Subject is null || record.CommonName is null || record.Profile is null || record.Certificate is null || record.Watchers.Contains(null!))
            throw new FormatException("a value is missing");
        if (record.Revocation is { } revocation) _ = RecordDocument.ToReason((int)revocation.Reason);
        // LiteDB refuses text that is not well-formed here.
        byte[] octets = BsonSerializer.Serialize(CertificateDocument.From(record));
        return octets.Length <= LargestCertificate ? octets : throw TooLarge(octets.Length, LargestCertificate);
    });

    /// <summary>The bytes of an entry of the next CRL.</summary>
    /// <exception cref="CaStoreException"><c>RecordInvalid</c>.</exception>
    public static byte[] Of(byte[] key, CrlEntryRecord entry)
    {
        byte[] value = CrlEntryValue.From(entry);
        return CrlEntryValue.Read(key, value) is { } read && CrlEntryValue.From(read).AsSpan().SequenceEqual(value)
            ? value
            : throw StoreErrors.RecordInvalid("entry of the next CRL for " + entry.SerialNumber, "a value is out of range", null);
    }

    /// <summary>The bytes of a serial number, as keys have them.</summary>
    /// <exception cref="CaStoreException"><c>RecordInvalid</c>.</exception>
    public static byte[] SerialNumber(string serialNumber) => Guard("serial number " + Repaired(serialNumber), () => RequireSerialNumber(serialNumber));

    private static byte[] RequireSerialNumber(string serialNumber)
    {
        byte[] octets = StatusKey.SerialOctets(serialNumber);
        return octets.Length <= LongestSerialNumber ? octets : throw new FormatException($"a serial number has {LongestSerialNumber} bytes at most, and this one has {octets.Length}");
    }

    private static void RequireReadable<T>(BsonDocument document, Func<T, BsonDocument> encode, Func<BsonDocument, T> decode)
    {
        byte[] octets = BsonSerializer.Serialize(document);
        if (octets.Length > LargestDocument) throw TooLarge(octets.Length, LargestDocument);
        BsonDocument read = encode(decode(BsonSerializer.Deserialize(octets)));
        if (!BsonSerializer.Serialize(read).AsSpan().SequenceEqual(octets)) throw new FormatException("it would be read otherwise than it was written");
    }

    private static FormatException TooLarge(int length, int largest) => new($"it has {length} bytes, and {largest} are possible");

    private static void RequireKey(BsonValue key)
    {
        int length = key.IsString ? System.Text.Encoding.UTF8.GetByteCount(key.AsString) : key.IsBinary ? key.AsBinary.Length : 0;
        if (length > LongestKey) throw new FormatException($"its key has {length} bytes, and {LongestKey} are possible");
    }

    private static T Guard<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not (CaStoreException or OutOfMemoryException))
        {
            string why = exception is System.Text.EncoderFallbackException ? UnicodeText.Fault : exception.Message.TrimEnd('.');
            throw StoreErrors.RecordInvalid(what, why, exception);
        }
    }

    private static string Repaired(string? text) => text is null ? string.Empty : UnicodeText.Repair(text.Length <= 64 ? text : $"{text.Substring(0, 64)}…");
}

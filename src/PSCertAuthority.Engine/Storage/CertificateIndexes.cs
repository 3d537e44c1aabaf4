using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>
/// Where a certificate's document is found: by authority and serial number, by state and end (<see cref="StatusKey"/>), by common name. The values
/// are the documents' numbers. Those of responders are also found among themselves.
/// </summary>
internal sealed class CertificateIndexes
{
    public CertificateIndexes(StoreDatabase database)
    {
        BySerial = new KeyTree(database.Collection("certificates_by_serial"));
        ByStatus = new KeyTree(database.Collection("certificates_by_status"));
        ByName = new KeyTree(database.Collection("certificates_by_name"));
        OfResponders = new ResponderIndex(new KeyTree(database.Collection("certificates_of_responders")));
    }

    public KeyTree BySerial { get; }

    public KeyTree ByStatus { get; }

    public KeyTree ByName { get; }

    public ResponderIndex OfResponders { get; }

    /// <summary>What the indexes say of a certificate.</summary>
    public static IEnumerable<(CertificateIndex Index, byte[] Key, byte[] Value)> EntriesOf(CertificateRecord record, long number)
    {
        byte[] status = StatusKey.Of(record), value = SequenceNumber.ToValue(number);
        yield return (CertificateIndex.BySerialNumber, SerialKey(record, number), value);
        yield return (CertificateIndex.ByState, status, value);
        yield return (CertificateIndex.ByCommonName, NameKey(record, number), []);
        if (ResponderIndex.IsOfResponder(record)) yield return (CertificateIndex.OfResponders, status, value);
    }

    /// <summary>At most <paramref name="size"/> entries of an index from a key on.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Page(CertificateIndex index, byte[] from, int size)
    {
        KeyTree tree = index switch
        {
            CertificateIndex.BySerialNumber => BySerial,
            CertificateIndex.ByState => ByStatus,
            CertificateIndex.ByCommonName => ByName,
            _ => OfResponders.Tree,
        };
        return tree.From(from).Take(size);
    }

    /// <summary>Adds new certificates.</summary>
    /// <exception cref="CaStoreException"><c>RecordExists</c>: an authority has a certificate with this serial number.</exception>
    public void Add(IReadOnlyList<(CertificateRecord Record, long Number)> certificates)
    {
        InsertSorted(BySerial, certificates, SerialKey, number => SequenceNumber.ToValue(number));
        InsertSorted(ByStatus, certificates, (record, _) => StatusKey.Of(record), number => SequenceNumber.ToValue(number));
        InsertSorted(ByName, certificates, NameKey, _ => []);
        OfResponders.Add(certificates);
    }

    /// <summary>Follows a change of a certificate.</summary>
    public void Move(CertificateRecord before, CertificateRecord now, long number)
    {
        Move(ByStatus, StatusKey.Of(before), StatusKey.Of(now), SequenceNumber.ToValue(number));
        Move(ByName, NameKey(before, number), NameKey(now, number), []);
        OfResponders.Move(before, now, number);
    }

    public void Remove(CertificateRecord record, long number)
    {
        BySerial.Remove(SerialKey(record, number));
        ByStatus.Remove(StatusKey.Of(record));
        ByName.Remove(NameKey(record, number));
        OfResponders.Remove(record);
    }

    /// <summary>Whether all of them have the certificate under that number.</summary>
    public bool Fit(CertificateRecord record, long number) =>
        Names(BySerial.Find(SerialKey(record, number)), number) && Names(ByStatus.Find(StatusKey.Of(record)), number) && ByName.Find(NameKey(record, number)) is not null
        && OfResponders.Fits(record, number);

    /// <summary>The number of a certificate; null where there is none.</summary>
    public long? NumberOf(int authorityId, string serialNumber) =>
        BySerial.Find(CertificateDocument.SerialKey(authorityId, serialNumber)) is { } value ? SequenceNumber.Read(value) : null;

    /// <summary>The numbers of the certificates whose serial number starts so, authority by authority; upper-case digits. A '/' ends a whole number.</summary>
    public IEnumerable<long> NumbersBySerialPrefix(string start)
    {
        string prefix = start.TrimEnd('/');
        byte[] lowest = StatusKey.SerialOctets(prefix.Length % 2 == 0 ? prefix : prefix + "0");
        bool Starts(byte[] key) => StatusKey.SerialNumber(key, 4) is { } serial && (prefix.Length == start.Length ? serial.StartsWith(prefix, StringComparison.Ordinal) : serial == prefix);
        byte[] position = [];
        while (BySerial.Range(position, StatusKey.Authority(-1)).Take(1).ToList() is [var first])
        {
            int authority = StatusKey.AuthorityOf(first.Key);
            byte[] end = StatusKey.Authority(authority + 1);
            foreach (KeyValuePair<byte[], byte[]> entry in BySerial.Range([.. StatusKey.Authority(authority), .. lowest], end).TakeWhile(entry => Starts(entry.Key)))
                yield return SequenceNumber.Read(entry.Value);
            position = end;
        }
    }

    /// <summary>The numbers of the certificates of that common name in any case, and perhaps of others that begin alike.</summary>
    public IEnumerable<long> NumbersByCommonName(string commonName)
    {
        byte[] from = CertificateDocument.CommonNameKey(commonName);
        byte[] to = [.. from];
        to[to.Length - 1] = 1;
        return ByName.Range(from, to).Select(entry => SequenceNumber.Read(entry.Key, entry.Key.Length - 8));
    }

    /// <summary>Brings what changed to LiteDB.</summary>
    public void Flush()
    {
        BySerial.Flush();
        ByStatus.Flush();
        ByName.Flush();
        OfResponders.Flush();
    }

    private static void InsertSorted(
        KeyTree tree, IReadOnlyList<(CertificateRecord Record, long Number)> certificates, Func<CertificateRecord, long, byte[]> key, Func<long, byte[]> value)
    {
        (byte[] Key, long Number)[] sorted = [.. certificates.Select(pair => (Key: key(pair.Record, pair.Number), pair.Number)).OrderBy(pair => pair.Key, KeyOrder.Instance)];
        tree.ReadAhead(sorted.Select(pair => pair.Key));
        foreach ((byte[] at, long number) in sorted) tree.Insert(at, value(number));
    }

    private static void Move(KeyTree tree, byte[] from, byte[] to, byte[] value)
    {
        if (StatusKey.Compare(from, to) == 0) return;
        tree.Remove(from);
        tree.Insert(to, value);
    }

    private static bool Names(byte[]? value, long number) => value is not null && SequenceNumber.Read(value) == number;

    private static byte[] SerialKey(CertificateRecord record, long number) => CertificateDocument.SerialKey(record.AuthorityId, record.SerialNumber);

    private static byte[] NameKey(CertificateRecord record, long number) => [.. CertificateDocument.CommonNameKey(record.CommonName), .. SequenceNumber.ToKey(number)];
}

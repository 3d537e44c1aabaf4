using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>What the next CRLs will say: small entries in the order in which a CRL lists them, apart from the certificates.</summary>
internal sealed class CrlFeed
{
    public const string CollectionName = "crl_entries";

    private readonly StoreCollection _collection;
    private readonly KeyTree _tree;

    public CrlFeed(StoreCollection collection)
    {
        _collection = collection;
        _tree = new KeyTree(collection);
    }

    /// <exception cref="CaStoreException"><c>RecordExists</c>: the serial number is in the feed.</exception>
    public void Add(CrlEntryRecord entry) => AddMany([entry]);

    /// <inheritdoc cref="Add"/>
    public void AddMany(IEnumerable<CrlEntryRecord> entries)
    {
        foreach ((byte[] key, CrlEntryRecord entry) in entries.Select(entry => (Key: CheckedKey(entry), entry)).OrderBy(pair => pair.Key, KeyOrder.Instance))
            _tree.Insert(key, StoredForm.Of(key, entry));
    }

    /// <summary>Adds an entry, in the place of what the feed says of its serial number.</summary>
    public void Put(CrlEntryRecord entry)
    {
        byte[] key = CheckedKey(entry), value = StoredForm.Of(key, entry);
        if (_tree.TryInsert(key, value)) return;
        _tree.Remove(key);
        _tree.Insert(key, value);
    }

    /// <summary>Reads together what a unit is about to ask or say of those serial numbers.</summary>
    public void ReadAhead(IEnumerable<(int AuthorityId, string SerialNumber)> certificates) => _tree.ReadAhead(certificates.Select(pair => Key(pair.AuthorityId, pair.SerialNumber)));

    /// <summary>The entry of a serial number; null if it is not in the feed.</summary>
    public CrlEntryRecord? Find(int authorityId, string serialNumber)
    {
        byte[] key = Key(authorityId, serialNumber);
        return _tree.Find(key) is { } value ? Decode(new(key, value)) : null;
    }

    /// <summary>False if it was not in the feed.</summary>
    public bool Remove(int authorityId, string serialNumber) => RemoveMany(authorityId, [serialNumber]) == 1;

    /// <summary>Gives the number of those that were in the feed.</summary>
    public int RemoveMany(int authorityId, IEnumerable<string> serialNumbers) => serialNumbers.Count(serial => _tree.Remove(Key(authorityId, serial)));

    /// <summary>Forgets all entries of an authority.</summary>
    public void RemoveAll(int authorityId)
    {
        foreach (byte[] key in _tree.Range(StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1)).Select(entry => entry.Key).ToList()) _tree.Remove(key);
    }

    /// <summary>The entries of an authority by serial number, read while they are enumerated: all of them, or those behind one.</summary>
    public IEnumerable<CrlEntryRecord> Entries(int authorityId, string? behind = null) => _tree
        .Range(behind is null ? StatusKey.Authority(authorityId) : StatusKey.After(Key(authorityId, behind)), StatusKey.Authority(authorityId + 1)).Select(Decode);

    /// <summary>How many octets the entries of an authority take at most, in the store, and about as many in a CRL; none of them is read.</summary>
    public int SizeOf(int authorityId) => checked(_tree.CountBlocks(StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1)) * KeyBlock.Size);

    /// <summary>Brings what changed to LiteDB.</summary>
    public void Flush() => _tree.Flush();

    private CrlEntryRecord Decode(KeyValuePair<byte[], byte[]> entry) =>
        CrlEntryValue.Read(entry.Key, entry.Value) ?? throw _collection.Damaged("an entry of the next CRL cannot be read");

    private static byte[] CheckedKey(CrlEntryRecord entry) => [.. StatusKey.Authority(entry.AuthorityId), .. StoredForm.SerialNumber(entry.SerialNumber)];

    private static byte[] Key(int authorityId, string serialNumber) => CertificateDocument.SerialKey(authorityId, serialNumber);
}

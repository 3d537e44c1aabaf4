using System.Collections.Generic;
using System.Linq;
using LiteDB;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Storage;

/// <summary>The records of the certificates under their numbers, a document for each <see cref="CertificateGroup"/>.</summary>
/// <remarks>
/// LiteDB puts nothing more on a page of which 70 % are used, and keeps a node of its skip list for each document: a certificate as a document of its
/// own takes half as much again. The group of a number is known without a search. In a unit that writes, groups stay at hand once they were read, and
/// reach LiteDB by <see cref="Flush"/> if they changed.
/// </remarks>
internal sealed class CertificateGroups
{
    private const string RecordsField = "records";

    /// <summary>So many certificates are looked up together.</summary>
    private const int AtOnce = 500;

    private readonly StoreCollection _collection;
    private readonly Dictionary<long, CertificateGroup> _open = [];
    private CertificateRecord? _last;

    public CertificateGroups(StoreCollection collection) => _collection = collection;

    /// <summary>The highest number; 0 where there is none.</summary>
    public long LastNumber()
    {
        Flush();
        return _collection.Last("_id", 0L, long.MaxValue) is { } document ? _collection.Decode(document, GroupOf).Numbers().Last() : 0;
    }

    /// <summary>How many there are; all of them are read.</summary>
    public int Count()
    {
        Flush();
        return _collection.All().Sum(document => _collection.Decode(document, GroupOf).Numbers().Count());
    }

    /// <summary>Puts a record under a number, in the place of what is there.</summary>
    public void Put(CertificateRecord record, long number) => Put(StoredForm.Of(record), number);

    /// <inheritdoc cref="Put(CertificateRecord, long)"/>
    public void Put(byte[] record, long number) => Set(number, record);

    public void Remove(long number) => Set(number, null);

    /// <summary>The certificate under a number; null where there is none. Who looks twice at the same one reads it once.</summary>
    public CertificateRecord? Find(long number)
    {
        if (_last?.Number == number) return _last;
        return Find([CertificateGroup.IdOf(number)]).TryGetValue(CertificateGroup.IdOf(number), out CertificateGroup? group) && group[number] is { } octets
            ? _last = Decode(number, octets)
            : null;
    }

    /// <summary>Has the groups of those numbers at hand, in a unit that writes.</summary>
    public void ReadAhead(IEnumerable<long> numbers)
    {
        long[] ids = [.. numbers.Select(CertificateGroup.IdOf).Distinct()];
        for (int start = 0; start < ids.Length; start += AtOnce) Find(ids.Skip(start).Take(AtOnce));
    }

    /// <summary>The certificates under those numbers, in this order.</summary>
    /// <exception cref="CaStoreException"><c>StoreDamaged</c>: there is none under one of them.</exception>
    public IEnumerable<CertificateRecord> Read(IEnumerable<long> numbers) =>
        Look(numbers).Select(record => record ?? throw _collection.Damaged("an index names a certificate that is not there"));

    /// <summary>Those of the certificates under those numbers that are there, in this order.</summary>
    public IEnumerable<CertificateRecord> FindAll(IEnumerable<long> numbers) => Look(numbers).OfType<CertificateRecord>();

    /// <summary>At most <paramref name="limit"/> numbers from one to another, both included.</summary>
    public IReadOnlyList<long> Numbers(long from, long to, SortDirection direction, int limit) =>
        [.. Places(from, to, direction).Take(limit).Select(place => place.Number)];

    /// <summary>At most <paramref name="size"/> records behind a number.</summary>
    public IReadOnlyList<StoredCertificate> Page(long after, int size) =>
        [.. Places(after + 1, long.MaxValue, SortDirection.Ascending).Take(size).Select(place => new StoredCertificate(place.Number, place.Group[place.Number]!))];

    /// <summary>What a record says.</summary>
    /// <exception cref="CaStoreException"><c>StoreDamaged</c>.</exception>
    public CertificateRecord Decode(StoredCertificate certificate) => _collection.Decode(certificate, stored => stored.ToRecord());

    /// <summary>Brings what changed to LiteDB.</summary>
    public void Flush()
    {
        foreach (CertificateGroup group in _open.Values.Where(group => group.IsChanged))
        {
            if (group.IsEmpty)
            {
                _collection.Delete([group.Id]);
                continue;
            }

            var document = new BsonDocument { ["_id"] = group.Id, [RecordsField] = group.ToOctets() };
            if (!_collection.Update(document)) _collection.Insert([document]);
        }

        _open.Clear();
    }

    private void Set(long number, byte[]? octets)
    {
        Open(number)[number] = octets;
        if (_last?.Number == number) _last = null;
    }

    private IEnumerable<CertificateRecord?> Look(IEnumerable<long> numbers)
    {
        long[] wanted = [.. numbers];
        for (int start = 0; start < wanted.Length; start += AtOnce)
        {
            long[] part = [.. wanted.Skip(start).Take(AtOnce)];
            Dictionary<long, CertificateGroup> groups = Find(part.Select(CertificateGroup.IdOf).Distinct());
            foreach (long number in part)
                yield return groups.TryGetValue(CertificateGroup.IdOf(number), out CertificateGroup? group) && group[number] is { } octets ? Decode(number, octets) : null;
        }
    }

    private CertificateRecord Decode(long number, byte[] octets) => Decode(new StoredCertificate(number, octets));

    private CertificateGroup Open(long number)
    {
        long id = CertificateGroup.IdOf(number);
        if (_open.TryGetValue(id, out CertificateGroup? group)) return group;
        group = _collection.Find(id) is { } document ? _collection.Decode(document, GroupOf) : new CertificateGroup(id);
        _open.Add(id, group);
        return group;
    }

    private Dictionary<long, CertificateGroup> Find(IEnumerable<long> ids)
    {
        var found = new Dictionary<long, CertificateGroup>();
        var asked = new List<BsonValue>();
        foreach (long id in ids)
        {
            if (_open.TryGetValue(id, out CertificateGroup? group)) found.Add(id, group);
            else asked.Add(id);
        }

        if (asked.Count == 0) return found;
        foreach (BsonDocument document in _collection.FindMany(asked))
        {
            CertificateGroup group = _collection.Decode(document, GroupOf);
            found.Add(group.Id, group);
            if (_collection.CanChange) _open.Add(group.Id, group);
        }

        return found;
    }

    private IEnumerable<(CertificateGroup Group, long Number)> Places(long from, long to, SortDirection direction)
    {
        Flush();
        bool up = direction == SortDirection.Ascending;
        long first = CertificateGroup.IdOf(from), last = CertificateGroup.IdOf(to);
        return (up ? _collection.Range("_id", first, last) : _collection.RangeDown("_id", first, last))
            .Select(document => _collection.Decode(document, GroupOf))
            .SelectMany(group => up ? group.Numbers() : group.Numbers().Reverse(), (group, number) => (group, number))
            .Where(place => place.number >= from && place.number <= to);
    }

    private static CertificateGroup GroupOf(BsonDocument document) => new(document["_id"].AsInt64, document[RecordsField].AsBinary);
}

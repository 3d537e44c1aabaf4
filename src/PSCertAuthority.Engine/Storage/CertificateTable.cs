using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>The issued end-entity certificates; every search goes through an index (<see cref="CertificateIndexes"/>).</summary>
internal sealed class CertificateTable
{
    public const string CollectionName = "certificates";

    private readonly CertificateGroups _groups;
    private readonly CertificateIndexes _indexes;

    public CertificateTable(StoreDatabase database)
    {
        _groups = new CertificateGroups(database.Collection(CollectionName));
        _indexes = new CertificateIndexes(database);
    }

    /// <exception cref="CaStoreException"><c>RecordExists</c>: the authority has a certificate with this serial number.</exception>
    public void InsertMany(IReadOnlyList<CertificateRecord> records)
    {
        // Not even the page that is looked at may count as changed where nothing comes in.
        if (records.Count == 0) return;
        byte[][] stored = [.. records.Select(StoredForm.Of)];
        long number = _groups.LastNumber();
        (CertificateRecord Record, long Number)[] numbered = [.. records.Select(record => (record, ++number))];
        _indexes.Add(numbered);
        for (int i = 0; i < numbered.Length; i++) _groups.Put(stored[i], numbered[i].Number);
    }

    /// <summary>Takes certificates from a store whose indexes are taken over as they are; it may not have had the one of responders.</summary>
    public void TakeOver(IReadOnlyList<(CertificateRecord Record, long Number)> certificates)
    {
        _indexes.OfResponders.Add(certificates);
        Put(certificates);
    }

    /// <summary>Replaces the certificate with the same authority and serial number.</summary>
    /// <exception cref="CaStoreException"><c>RecordNotFound</c>.</exception>
    public void Update(CertificateRecord record)
    {
        CertificateRecord before = Find(record.AuthorityId, record.SerialNumber, record.Number)
            ?? throw StoreErrors.RecordNotFound($"certificate {record.SerialNumber} of the authority with the number {record.AuthorityId}");
        byte[] stored = StoredForm.Of(record);
        long number = before.Number!.Value;
        _indexes.Move(before, record, number);
        _groups.Put(stored, number);
    }

    /// <summary>The certificate of an authority with that serial number.</summary>
    /// <param name="authorityId">Which authority.</param>
    /// <param name="serialNumber">The whole serial number.</param>
    /// <param name="number">Where it was before, which spares looking for it.</param>
    public CertificateRecord? Find(int authorityId, string serialNumber, long? number = null)
    {
        if (number is { } known && _groups.Find(known) is { } there && there.AuthorityId == authorityId && there.SerialNumber == serialNumber) return there;
        return _indexes.NumberOf(authorityId, serialNumber) is { } found ? _groups.Read([found]).Single() : null;
    }

    /// <summary>Reads together what a unit that writes is about to look at under those numbers.</summary>
    public void ReadAhead(IEnumerable<long> numbers) => _groups.ReadAhead(numbers);

    /// <summary>The same for keys of the index by state.</summary>
    public void ReadAhead(IEnumerable<byte[]> statusKeys) => _indexes.ByStatus.ReadAhead(statusKeys);

    /// <summary>Which of those serial numbers, which are in their order, an authority has certificates of; the index is read from the first to the last.</summary>
    public IEnumerable<bool> Exist(int authorityId, IReadOnlyList<string> serialNumbers)
    {
        if (serialNumbers.Count == 0) yield break;
        byte[][] keys = [.. serialNumbers.Select(serial => CertificateDocument.SerialKey(authorityId, serial))];
        using IEnumerator<KeyValuePair<byte[], byte[]>> there = _indexes.BySerial.Range(keys[0], StatusKey.After(keys[keys.Length - 1])).GetEnumerator();
        bool more = there.MoveNext();
        foreach (byte[] key in keys)
        {
            while (more && StatusKey.Compare(there.Current.Key, key) < 0) more = there.MoveNext();
            yield return more && StatusKey.Compare(there.Current.Key, key) == 0;
        }
    }

    /// <inheritdoc cref="CertificateIndexes.Page"/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> IndexPage(CertificateIndex index, byte[] from, int size) => _indexes.Page(index, from, size);

    public bool Exists(int authorityId, string serialNumber) => _indexes.NumberOf(authorityId, serialNumber) is not null;

    /// <summary>The certificates with that whole serial number, at most one of each authority.</summary>
    public IReadOnlyList<CertificateRecord> FindBySerialNumber(string serialNumber) => FindBySerialPrefix(serialNumber + "/", int.MaxValue);

    /// <summary>The certificates whose serial number starts so, digits without colons in any case, by authority and serial number.</summary>
    public IReadOnlyList<CertificateRecord> FindBySerialPrefix(string prefix, int limit) =>
        [.. _groups.Read(_indexes.NumbersBySerialPrefix(prefix.ToUpperInvariant()).Take(limit))];

    /// <summary>The certificates of exactly that common name, whatever the case.</summary>
    public IReadOnlyList<CertificateRecord> FindByCommonName(string commonName, int limit) =>
    [
        .. _groups.Read(_indexes.NumbersByCommonName(commonName))
            .Where(record => string.Equals(record.CommonName, commonName, StringComparison.OrdinalIgnoreCase))
            .Take(limit),
    ];

    /// <summary>At most <paramref name="size"/> keys of the index by state behind <paramref name="after"/>; no certificate is read.</summary>
    public IEnumerable<byte[]> StatusKeys(int authorityId, byte[]? after, int size) => _indexes.ByStatus
        .Range(after is null ? StatusKey.Authority(authorityId) : StatusKey.After(after), StatusKey.Authority(authorityId + 1)).Take(size).Select(entry => entry.Key);

    /// <summary>How many of an authority are neither revoked nor at their end; reads one index and no certificate.</summary>
    public int CountLive(int authorityId, DateTime now)
    {
        long from = StoreTime.ToSeconds(now) + 1;
        byte[] Bound(byte state, long seconds) => StatusKey.Bound(authorityId, state, seconds);
        return _indexes.ByStatus.Range(Bound(0, from), Bound(1, 0)).Count() + _indexes.ByStatus.Range(Bound(1, from), Bound(2, 0)).Count();
    }

    /// <inheritdoc cref="ResponderIndex.EndOf"/>
    public DateTime? ResponderEnd(int authorityId, DateTime now) => _indexes.OfResponders.EndOf(authorityId, now);

    /// <summary>False if there was none.</summary>
    public bool Remove(int authorityId, string serialNumber)
    {
        if (_indexes.NumberOf(authorityId, serialNumber) is not { } number) return false;
        Remove([number]);
        return true;
    }

    /// <summary>Removes all certificates of an authority and gives their number.</summary>
    public int RemoveAll(int authorityId)
    {
        long[] numbers = [.. _indexes.ByStatus.Range(StatusKey.Authority(authorityId), StatusKey.Authority(authorityId + 1)).Select(entry => SequenceNumber.Read(entry.Value)).OrderBy(number => number)];
        const int atOnce = 1000;
        for (int done = 0; done < numbers.Length; done += atOnce) Remove([.. numbers.Skip(done).Take(atOnce)]);
        return numbers.Length;
    }

    /// <summary>How many there are, of one authority or of all.</summary>
    public int Count(int? authorityId = null) => CountByState(authorityId).Total;

    /// <summary>How many there are by state; reads one index and no certificate.</summary>
    public CertificateCounts CountByState(int? authorityId = null)
    {
        var counts = new int[3];
        byte[] from = StatusKey.Authority(authorityId ?? 0);
        byte[] to = authorityId is { } id ? StatusKey.Authority(id + 1) : StatusKey.Authority(-1);
        foreach (KeyValuePair<byte[], byte[]> entry in _indexes.ByStatus.Range(from, to)) counts[entry.Key[StatusKey.StateOffset]]++;
        return new(counts[0], counts[1], counts[2]);
    }

    /// <summary>At most <paramref name="size"/> certificates after <paramref name="after"/>.</summary>
    /// <param name="query">Which ones; the same for every page of one listing.</param>
    /// <param name="after">The <see cref="CertificatePage.Next"/> of the page before; null for the first.</param>
    /// <param name="size">1 upwards.</param>
    public CertificatePage Page(CertificateQuery query, byte[]? after, int size) => Walk(query).Page(after, size);

    /// <summary>At most <paramref name="size"/> certificates behind a number, in the order of issue.</summary>
    public IReadOnlyList<CertificateRecord> PageByNumber(long after, int size) => [.. _groups.Page(after, size).Select(_groups.Decode)];

    /// <summary>The certificates under those numbers that are still there, in this order.</summary>
    public IEnumerable<CertificateRecord> FindAll(IReadOnlyList<long> numbers) => _groups.FindAll(numbers);

    /// <summary>The number of the certificate that was stored last; 0 before the first.</summary>
    public long LastNumber => _groups.LastNumber();

    /// <inheritdoc cref="CertificateWalk.Numbers"/>
    public IEnumerable<long> NumbersOf(CertificateQuery query) => Walk(query).Numbers();

    /// <inheritdoc cref="CertificateWalk.CountBlocks"/>
    public int CountBlocks(CertificateQuery query) => Walk(query).CountBlocks();

    /// <summary>At most <paramref name="size"/> certificates of a search behind a position.</summary>
    /// <param name="query">The same for every page of one listing.</param>
    /// <param name="after">The <see cref="SearchResult.Next"/> of the page before; null for the first.</param>
    /// <param name="size">1 upwards.</param>
    /// <param name="mostRead">How many certificates are read where the indexes cannot answer alone.</param>
    public SearchResult Search(SearchQuery query, byte[]? after, int size, int mostRead)
    {
        var found = new List<CertificateRecord>(size);
        var walk = new SearchWalk(_indexes, _groups, query);
        using IEnumerator<SearchCandidate> candidates = walk.From(after).GetEnumerator();
        bool more = candidates.MoveNext();
        for (int read = 0; more;)
        {
            var batch = new List<SearchCandidate>();
            int wanted = query.Fits is null ? size - found.Count : Math.Min(100, mostRead - read);
            for (; more && batch.Count < wanted; more = candidates.MoveNext()) batch.Add(candidates.Current);
            int at = 0;
            foreach (CertificateRecord record in _groups.Read(batch.Select(candidate => candidate.Number)))
            {
                at++;
                if (query.Fits?.Invoke(record) == false) continue;
                found.Add(record);
                if (found.Count == size) return new(found, more || at < batch.Count ? batch[at - 1].Position : null, IsPartial: false);
            }

            read += batch.Count;
            if (more && query.Fits is not null && read >= mostRead) return new(found, batch[batch.Count - 1].Position, IsPartial: true);
        }

        return new(found, null, IsPartial: false);
    }

    /// <summary>How many certificates of those authorities stand so; reads one index.</summary>
    public int Count(IEnumerable<int> authorityIds, IReadOnlyList<StateRange> states) =>
        authorityIds.Sum(id => states.Sum(range => range.Of(id) is var (from, to) && StatusKey.Compare(from, to) < 0 ? _indexes.ByStatus.Count(from, to) : 0));

    /// <summary>How many documents there are, and how many keys each index has.</summary>
    public (int Documents, int BySerialNumber, int ByState, int ByCommonName) CountIndexes() =>
        (_groups.Count(), _indexes.BySerial.CountAll(), _indexes.ByStatus.CountAll(), _indexes.ByName.CountAll());

    /// <summary>At most <paramref name="size"/> records behind a number, whatever state they are in; for tests of the store.</summary>
    public IReadOnlyList<StoredCertificate> PageOfRecords(long after, int size) => _groups.Page(after, size);

    /// <summary>Whether every index has the record where it belongs.</summary>
    public bool KeysFit(CertificateRecord record, long number) => _indexes.Fit(record, number);

    /// <summary>Brings what changed to LiteDB.</summary>
    public void Flush()
    {
        _indexes.Flush();
        _groups.Flush();
    }

    private CertificateWalk Walk(CertificateQuery query) => new(_indexes.ByStatus, _groups.Read, query);

    private void Put(IEnumerable<(CertificateRecord Record, long Number)> certificates)
    {
        foreach ((CertificateRecord record, long number) in certificates) _groups.Put(record, number);
    }

    private void Remove(long[] numbers)
    {
        foreach ((CertificateRecord record, long number) in _groups.Read(numbers).Zip(numbers, (record, number) => (record, number)).ToList())
        {
            _indexes.Remove(record, number);
            _groups.Remove(number);
        }

        // An authority may have a million; their groups are not kept at hand until the unit ends.
        _groups.Flush();
    }
}

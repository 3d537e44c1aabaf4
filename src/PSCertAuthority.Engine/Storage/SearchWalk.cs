using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Storage;

/// <summary>The certificates that a search finds by the indexes alone, in its order and behind a position; read while they are enumerated.</summary>
internal sealed class SearchWalk(CertificateIndexes indexes, CertificateGroups groups, SearchQuery query)
{
    private const int NumberOctets = 8;

    // So few are read and sorted sooner than found on a walk through the index.
    private const int Few = 1000;

    private readonly byte[]? _text = query.Text is null ? null : Encoding.UTF8.GetBytes(query.Text);

    private bool IsUp => query.Direction == SortDirection.Ascending;

    public IEnumerable<SearchCandidate> From(byte[]? after) => query.Sort switch
    {
        CertificateSort.NotAfter => ByEnd(after),
        CertificateSort.SerialNumber => BySerial(after),
        CertificateSort.CommonName => ByName(after),
        _ => ByNumber(after),
    };

    private IEnumerable<SearchCandidate> ByEnd(byte[]? after)
    {
        HashSet<long>? named = TextNumbers();
        if (named is { Count: <= Few }) return Sorted(named, record => SearchPosition.OfEnd(StatusKey.Of(record)), after);
        IEnumerable<IEnumerable<SearchCandidate>> sources = query.AuthorityIds.SelectMany(_ => query.States, (id, range) =>
        {
            (byte[] from, byte[] to) = range.Of(id);
            if (after is not null) Narrow(ref from, ref to, SearchPosition.ToStatusKey(after, id, range.State), StatusKey.AuthorityOf(After(after, 6)) == id);
            return indexes.ByStatus.InParts(from, to, query.Direction).Select(entry => new SearchCandidate(SearchPosition.OfEnd(entry.Key), SequenceNumber.Read(entry.Value)));
        });
        return Narrowed(SearchMerge.Merge(sources, query.Direction), named);
    }

    private IEnumerable<SearchCandidate> BySerial(byte[]? after)
    {
        HashSet<long>? named = TextNumbers();
        if (named is { Count: <= Few }) return Sorted(named, record => SearchPosition.OfSerial(CertificateDocument.SerialKey(record.AuthorityId, record.SerialNumber)), after);
        (byte[] Serial, int AuthorityId)? start = after is null ? null : SearchPosition.ToSerial(after);
        IEnumerable<IEnumerable<SearchCandidate>> sources = query.AuthorityIds.Select(id =>
        {
            byte[] from = StatusKey.Authority(id);
            byte[] to = StatusKey.Authority(id + 1);
            if (start is var (serial, there))
            {
                // Of two with the same serial number, the one of the lower authority is the lower one.
                byte[] key = [.. from, .. serial];
                Narrow(ref from, ref to, id < there ? StatusKey.After(key) : key, id == there);
            }

            return indexes.BySerial.InParts(from, to, query.Direction).Select(entry => new SearchCandidate(SearchPosition.OfSerial(entry.Key), SequenceNumber.Read(entry.Value)));
        });
        HashSet<long>? states = query.States.Count == 3 && query.States.All(state => state is { From: 0, End: StateRange.Never }) ? null : StateNumbers();
        return Narrowed(Narrowed(SearchMerge.Merge(sources, query.Direction), states), named);
    }

    private IEnumerable<SearchCandidate> ByName(byte[]? after)
    {
        byte[] from = [];
        byte[] to = [0xFF];
        if (after is not null) Narrow(ref from, ref to, after, isThere: true);
        HashSet<long>? states = query.IsNarrowed ? StateNumbers() : null;
        HashSet<long> serials = SerialNumbers();
        return Narrowed(
            indexes.ByName.InParts(from, to, query.Direction)
                .Select(entry => (Named: Contains(entry.Key), Candidate: new SearchCandidate(entry.Key, NumberOf(entry.Key))))
                .Where(found => found.Named || serials.Contains(found.Candidate.Number))
                .Select(found => found.Candidate),
            states);
    }

    private IEnumerable<SearchCandidate> ByNumber(byte[]? after)
    {
        long from = after is not null && IsUp ? SequenceNumber.Read(after) + 1 : 0;
        long to = after is not null && !IsUp ? SequenceNumber.Read(after) - 1 : long.MaxValue;
        HashSet<long>? wanted = TextNumbers();
        if (query.IsNarrowed && wanted is null) wanted = StateNumbers();
        else if (query.IsNarrowed) wanted!.IntersectWith(StateNumbers());
        if (wanted is null) return AllNumbers(from, to).Select(ToCandidate);
        IEnumerable<long> left = wanted.Where(number => number >= from && number <= to);
        return (IsUp ? left.OrderBy(number => number) : left.OrderByDescending(number => number)).Select(ToCandidate);
    }

    private IEnumerable<long> AllNumbers(long from, long to)
    {
        for (int size = 128; from <= to; size = Math.Min(2 * size, 8192))
        {
            IReadOnlyList<long> part = groups.Numbers(from, to, query.Direction, size);
            foreach (long number in part) yield return number;
            if (part.Count < size) yield break;
            if (IsUp) from = part[part.Count - 1] + 1;
            else to = part[part.Count - 1] - 1;
        }
    }

    /// <summary>The few that a text names, those that stand and end as asked, in order and behind a position.</summary>
    private IEnumerable<SearchCandidate> Sorted(HashSet<long> named, Func<CertificateRecord, byte[]> position, byte[]? after)
    {
        long[] few = [.. named.OrderBy(number => number)];
        List<SearchCandidate> found = [.. groups.Read(few).Zip(few, (record, number) => (record, number))
            .Where(pair => Stands(pair.record))
            .Select(pair => new SearchCandidate(position(pair.record), pair.number))
            .Where(candidate => after is null || (StatusKey.Compare(candidate.Position, after) is var order && (IsUp ? order > 0 : order < 0)))];
        found.Sort((left, right) => IsUp ? StatusKey.Compare(left.Position, right.Position) : StatusKey.Compare(right.Position, left.Position));
        return found;
    }

    private bool Stands(CertificateRecord record)
    {
        byte state = StatusKey.StateOf(record);
        long end = StoreTime.ToSeconds(record.NotAfter);
        return query.AuthorityIds.Contains(record.AuthorityId) && query.States.Any(range => range.State == state && end >= range.From && end < range.End);
    }

    private static SearchCandidate ToCandidate(long number) => new(SequenceNumber.ToKey(number), number);

    private static byte[] After(byte[] octets, int count) => [.. octets.Skip(count)];

    private static IEnumerable<SearchCandidate> Narrowed(IEnumerable<SearchCandidate> candidates, HashSet<long>? wanted) =>
        wanted is null ? candidates : wanted.Count == 0 ? [] : candidates.Where(candidate => wanted.Contains(candidate.Number));

    /// <summary>Cuts a range at where the page before ended.</summary>
    private void Narrow(ref byte[] from, ref byte[] to, byte[] position, bool isThere)
    {
        byte[] bound = isThere && IsUp ? StatusKey.After(position) : position;
        if (IsUp && StatusKey.Compare(bound, from) > 0) from = bound;
        if (!IsUp && StatusKey.Compare(bound, to) < 0) to = bound;
    }

    private HashSet<long> StateNumbers()
    {
        var found = new HashSet<long>();
        foreach (int id in query.AuthorityIds)
        {
            foreach (StateRange range in query.States)
            {
                (byte[] from, byte[] to) = range.Of(id);
                if (StatusKey.Compare(from, to) < 0) found.UnionWith(indexes.ByStatus.Range(from, to).Select(entry => SequenceNumber.Read(entry.Value)));
            }
        }

        return found;
    }

    /// <summary>Those that the text names; null where there is none.</summary>
    private HashSet<long>? TextNumbers()
    {
        if (_text is null) return null;
        HashSet<long> found = SerialNumbers();
        found.UnionWith(indexes.ByName.Range([], [0xFF]).Where(entry => Contains(entry.Key)).Select(entry => NumberOf(entry.Key)));
        return found;
    }

    private HashSet<long> SerialNumbers() => query.SerialPrefix is null ? [] : [.. indexes.NumbersBySerialPrefix(query.SerialPrefix)];

    private static long NumberOf(byte[] nameKey) => SequenceNumber.Read(nameKey, nameKey.Length - NumberOctets);

    /// <summary>Whether the name in a key by common name contains the text.</summary>
    private bool Contains(byte[] nameKey)
    {
        if (_text is null) return true;
        int last = nameKey.Length - NumberOctets - 1 - _text.Length;
        for (int at = 0; at <= last; at++)
        {
            int i = 0;
            while (i < _text.Length && nameKey[at + i] == _text[i]) i++;
            if (i == _text.Length) return true;
        }

        return false;
    }
}

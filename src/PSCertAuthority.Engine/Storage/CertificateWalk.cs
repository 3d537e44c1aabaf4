using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>Walks the status index authority by authority and state by state, so that a listing reads only what it gives.</summary>
internal sealed class CertificateWalk
{
    // Above the year 9999, so that as an end it excludes nothing.
    private const long Never = (1L << 48) - 1;

    private readonly KeyTree _byStatus;
    private readonly Func<IEnumerable<long>, IEnumerable<CertificateRecord>> _read;
    private readonly CertificateQuery _query;
    private readonly long _from;
    private readonly long _end;

    /// <param name="byStatus">The index.</param>
    /// <param name="read">Reads the certificates of numbers.</param>
    /// <param name="query">Which ones are wanted.</param>
    public CertificateWalk(KeyTree byStatus, Func<IEnumerable<long>, IEnumerable<CertificateRecord>> read, CertificateQuery query)
    {
        _byStatus = byStatus;
        _read = read;
        _query = query;
        _from = query.NotAfterFrom is { } from ? StoreTime.ToSeconds(from) : 0;
        _end = query.NotAfterTo is { } to ? StoreTime.ToSeconds(to) + 1 : Never;
    }

    /// <summary>At most <paramref name="size"/> certificates whose key is above <paramref name="after"/>.</summary>
    public CertificatePage Page(byte[]? after, int size)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size));
        var records = new List<CertificateRecord>(Math.Min(size, 1024));
        byte[] position = after is null ? StatusKey.Authority(_query.AuthorityId ?? 0) : StatusKey.After(after);
        if (_end <= _from) return new(records, null);
        for (int? authority = NextAuthority(position); authority is { } id; authority = NextAuthority(position))
        {
            foreach ((byte[] from, byte[] to) in Ranges(id))
            {
                byte[] start = StatusKey.Compare(position, from) > 0 ? position : from;
                if (StatusKey.Compare(start, to) >= 0) continue;
                records.AddRange(_read(_byStatus.Range(start, to).Take(size - records.Count).Select(entry => SequenceNumber.Read(entry.Value))));
                if (records.Count == size) return new(records, StatusKey.Of(records[size - 1]));
            }

            position = StatusKey.Authority(id + 1);
        }

        return new(records, null);
    }

    /// <summary>The numbers of all of them, by authority, state and end.</summary>
    public IEnumerable<long> Numbers() => AllRanges().SelectMany(range => _byStatus.Range(range.From, range.To)).Select(entry => SequenceNumber.Read(entry.Value));

    /// <summary>In how many blocks of the index they are, at most; none is read.</summary>
    public int CountBlocks() => AllRanges().Sum(range => _byStatus.CountBlocks(range.From, range.To));

    private IEnumerable<(byte[] From, byte[] To)> AllRanges()
    {
        if (_end <= _from) yield break;
        for (int? authority = NextAuthority(StatusKey.Authority(_query.AuthorityId ?? 0)); authority is { } id; authority = NextAuthority(StatusKey.Authority(id + 1)))
        {
            foreach ((byte[] From, byte[] To) range in Ranges(id)) yield return range;
        }
    }

    /// <summary>The first authority that has a certificate at or after the position.</summary>
    private int? NextAuthority(byte[] position)
    {
        byte[] end = _query.AuthorityId is { } only ? StatusKey.Authority(only + 1) : StatusKey.Authority(-1);
        if (StatusKey.Compare(position, end) >= 0) return null;
        return _byStatus.Range(position, end).Select(entry => (int?)StatusKey.AuthorityOf(entry.Key)).FirstOrDefault();
    }

    private IEnumerable<(byte[] From, byte[] To)> Ranges(int authority)
    {
        for (byte state = 0; state < 3; state++)
        {
            if (((int)_query.States & (1 << state)) == 0) continue;
            yield return (StatusKey.Bound(authority, state, _from), StatusKey.Bound(authority, state, _end));
        }
    }
}

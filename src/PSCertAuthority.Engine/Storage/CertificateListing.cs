using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Storage;

/// <summary>
/// A listing that is read part by part, each in a unit of its own: by authority, state and end where ends are asked for, and otherwise in the order of
/// issue, each certificate once, whatever happens to it meanwhile. What is issued meanwhile is not in it: a pipeline that renews what it lists would go
/// on to renew what it has just made.
/// </summary>
/// <remarks>
/// Certificates that were issued one after the other are on one page of the store, those that end one after the other seldom are. So where many are
/// wanted, all are read and passed over where they don't fit; where few are, the index says which.
/// </remarks>
internal sealed class CertificateListing
{
    /// <summary>Reading all costs no more than looking for so large a part of them, twelve to a page.</summary>
    private const int FewestOfAll = 8;

    private readonly Func<CertificateTable, int, IReadOnlyList<CertificateRecord>> _read;
    private readonly CertificateQuery _query;
    private readonly long _newest;
    private byte[]? _lastKey;
    private long _lastNumber;
    private readonly Queue<long> _numbers = [];

    /// <summary>Plans a listing.</summary>
    /// <param name="table">As it is in the unit that reads the first part.</param>
    /// <param name="query">Which ones are wanted.</param>
    public CertificateListing(CertificateTable table, CertificateQuery query)
    {
        _query = query;
        _newest = table.LastNumber;
        if (query.NotAfterTo is not null)
        {
            _read = ReadByEnd;
        }
        else if (table.CountBlocks(query) * FewestOfAll >= table.CountBlocks(new CertificateQuery()))
        {
            _read = ReadAll;
        }
        else
        {
            _numbers = new Queue<long>(table.NumbersOf(query).OrderBy(number => number));
            _read = ReadNumbers;
        }
    }

    /// <summary>Whether there is no more.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The next certificates: about so many are read, of which some may not fit.</summary>
    public IReadOnlyList<CertificateRecord> Next(CertificateTable table, int size) => _read(table, size);

    private IReadOnlyList<CertificateRecord> ReadByEnd(CertificateTable table, int size)
    {
        CertificatePage page = table.Page(_query, _lastKey, size);
        _lastKey = page.Next;
        IsComplete = page.Next is null;
        return [.. page.Records.Where(record => record.Number <= _newest)];
    }

    private IReadOnlyList<CertificateRecord> ReadAll(CertificateTable table, int size)
    {
        IReadOnlyList<CertificateRecord> page = table.PageByNumber(_lastNumber, size);
        if (page.Count > 0) _lastNumber = page[page.Count - 1].Number!.Value;
        IsComplete = page.Count < size || _lastNumber >= _newest;
        return [.. page.Where(record => record.Number <= _newest && _query.Fits(record))];
    }

    private IReadOnlyList<CertificateRecord> ReadNumbers(CertificateTable table, int size)
    {
        var wanted = new List<long>(size);
        while (wanted.Count < size && _numbers.Count > 0) wanted.Add(_numbers.Dequeue());
        IsComplete = _numbers.Count == 0;
        return [.. table.FindAll(wanted).Where(_query.Fits)];
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using LiteDB.Engine;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Storage;

/// <summary>One LiteDB collection within one unit of work: all that the tables ask of LiteDB.</summary>
internal sealed class StoreCollection
{
    private static readonly BsonExpression IdOnly = BsonExpression.Create("$._id");

    private readonly StoreDatabase _database;
    private readonly LiteEngine _engine;
    private readonly string _name;

    // Parsing these takes as long as what they ask for. Each use is over before the next begins.
    private BsonExpression? _equal;
    private BsonExpression? _upTo;
    private BsonExpression? _above;

    public StoreCollection(StoreDatabase database, LiteEngine engine, string name)
    {
        _database = database;
        _engine = engine;
        _name = name;
    }

    /// <summary>Whether the unit is one that writes.</summary>
    public bool CanChange => _database.Kind == UnitKind.Write;

    /// <exception cref="CaStoreException"><c>RecordExists</c>: a key is taken.</exception>
    public void Insert(IEnumerable<BsonDocument> documents) => Change(() => _engine.Insert(_name, documents, BsonAutoId.ObjectId));

    /// <summary>Replaces the document with the same <c>_id</c>; false if there is none.</summary>
    public bool Update(BsonDocument document) => Change(() => _engine.Update(_name, [document])) == 1;

    /// <summary>Removes what exists of those keys and gives their number.</summary>
    public int Delete(IEnumerable<BsonValue> keys) => Change(() => _engine.Delete(_name, keys));

    /// <summary>The document with that <c>_id</c>.</summary>
    public BsonDocument? Find(BsonValue key)
    {
        var query = new Query { Limit = 1 };
        query.Where.Add(With(ref _equal, "$._id = @0", key));
        return Stream(query).FirstOrDefault();
    }

    /// <summary>The documents whose indexed <paramref name="field"/> lies between the two, both included, in its order.</summary>
    public IEnumerable<BsonDocument> Range(string field, BsonValue from, BsonValue to, int limit = int.MaxValue) =>
        Stream(RangeQuery(field, from, to, limit));

    /// <summary>The documents of such a range, the last one first.</summary>
    public IEnumerable<BsonDocument> RangeDown(string field, BsonValue from, BsonValue to, int limit = int.MaxValue)
    {
        Query query = RangeQuery(field, from, to, limit);
        query.OrderBy = BsonExpression.Create("$." + field);
        query.Order = Query.Descending;
        return Stream(query);
    }

    /// <summary>The last document of such a range.</summary>
    public BsonDocument? Last(string field, BsonValue from, BsonValue to) => RangeDown(field, from, to, 1).FirstOrDefault();

    /// <summary>The keys alone of such a range; the documents are not read.</summary>
    public IEnumerable<BsonValue> Keys(string field, BsonValue from, BsonValue to, int limit = int.MaxValue, SortDirection direction = SortDirection.Ascending)
    {
        Query query = RangeQuery(field, from, to, limit);
        if (direction == SortDirection.Descending)
        {
            query.OrderBy = BsonExpression.Create("$." + field);
            query.Order = Query.Descending;
        }

        query.Select = BsonExpression.Create("$." + field);
        return Stream(query).Select(document => document.First().Value);
    }

    /// <summary>The document with the highest <c>_id</c> up to a key.</summary>
    public BsonDocument? LastUpTo(byte[] key) => Stream(UpTo(key)).FirstOrDefault();

    /// <summary>The highest <c>_id</c> up to a key; no document is read.</summary>
    public byte[]? LastKey(byte[] key)
    {
        Query query = UpTo(key);
        query.Select = IdOnly;
        return Stream(query).Select(document => document.First().Value.AsBinary).FirstOrDefault();
    }

    /// <summary>The lowest <c>_id</c> above a key; no document is read.</summary>
    public byte[]? FirstKeyAbove(byte[] key)
    {
        var query = new Query { Limit = 1, Select = IdOnly };
        query.Where.Add(With(ref _above, "$._id > @0", key));
        return Stream(query).Select(document => document.First().Value.AsBinary).FirstOrDefault();
    }

    /// <summary>The documents of those <c>_id</c>s that exist, in this order.</summary>
    public IEnumerable<BsonDocument> FindMany(IReadOnlyList<BsonValue> keys)
    {
        if (keys.Count == 1)
        {
            if (Find(keys[0]) is { } only) yield return only;
            yield break;
        }

        var query = new Query();
        query.Where.Add(BsonExpression.Create("$._id IN @0", new BsonArray(keys)));
        foreach (BsonDocument document in Stream(query)) yield return document;
    }

    /// <summary>All documents in the order of their <c>_id</c>.</summary>
    public IEnumerable<BsonDocument> All() => Stream(new Query());

    /// <summary>What a document says; one that this program did not write so is a damaged store.</summary>
    /// <exception cref="CaStoreException"><c>StoreDamaged</c>.</exception>
    public T Decode<TStored, T>(TStored stored, Func<TStored, T> decode) => _database.Guard(() => decode(stored));

    /// <summary>The error for a document that this program did not write so.</summary>
    public CaStoreException Damaged(string why) => StoreErrors.Damaged(_database.Path, null, why);

    /// <summary>The error for a key that is taken. The unit that met it cannot be saved.</summary>
    public CaStoreException Taken() => _database.Fail(StoreErrors.RecordExists("a record with this key", null));

    private static BsonExpression With(ref BsonExpression? parsed, string text, BsonValue value)
    {
        parsed ??= BsonExpression.Create(text, BsonValue.Null);
        parsed.Parameters["0"] = value;
        return parsed;
    }

    private Query UpTo(byte[] key)
    {
        var query = new Query { Limit = 1, OrderBy = IdOnly, Order = Query.Descending };
        query.Where.Add(With(ref _upTo, "$._id <= @0", key));
        return query;
    }

    private static Query RangeQuery(string field, BsonValue from, BsonValue to, int limit)
    {
        var query = new Query { Limit = limit };
        query.Where.Add(BsonExpression.Create($"$.{field} BETWEEN @0 AND @1", from, to));
        return query;
    }

    private IEnumerable<BsonDocument> Stream(Query query)
    {
        using IBsonDataReader reader = _database.Guard(() => _engine.Query(_name, query));
        while (_database.Guard(reader.Read)) yield return reader.Current.AsDocument;
    }

    private int Change(Func<int> change)
    {
        if (!CanChange) throw new InvalidOperationException("A unit that reads cannot change the store.");
        _database.Begin();
        return _database.Guard(() =>
        {
            try
            {
                return change();
            }
            catch (LiteException exception) when (exception.ErrorCode is LiteException.INVALID_INDEX_KEY or LiteException.INVALID_DATA_TYPE or LiteException.DOCUMENT_MAX_DEPTH)
            {
                throw _database.Fail(StoreErrors.RecordInvalid($"record in '{_name}'", exception.Message.TrimEnd('.'), exception));
            }
        });
    }
}

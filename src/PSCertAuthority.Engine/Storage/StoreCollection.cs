using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using LiteDB.Engine;

namespace PSCertAuthority.Storage;

/// <summary>One LiteDB collection within one unit of work: all that the tables ask of LiteDB.</summary>
internal sealed class StoreCollection
{
    private readonly StoreDatabase _database;
    private readonly LiteEngine _engine;
    private readonly string _name;

    public StoreCollection(StoreDatabase database, LiteEngine engine, string name)
    {
        _database = database;
        _engine = engine;
        _name = name;
    }

    /// <exception cref="CaStoreException"><c>RecordExists</c>: a key is taken.</exception>
    public void Insert(IEnumerable<BsonDocument> documents) => Change(() => _engine.Insert(_name, documents, BsonAutoId.ObjectId));

    /// <summary>Replaces the document with the same <c>_id</c>; false if there is none.</summary>
    public bool Update(BsonDocument document) => Change(() => _engine.Update(_name, [document])) == 1;

    /// <summary>Removes what exists of those keys and gives their number.</summary>
    public int Delete(IEnumerable<BsonValue> keys) => Change(() => _engine.Delete(_name, keys));

    public void EnsureIndex(string field, bool unique) =>
        Change(() => _engine.EnsureIndex(_name, field, BsonExpression.Create("$." + field), unique));

    /// <summary>The document with that <c>_id</c>.</summary>
    public BsonDocument? Find(BsonValue key)
    {
        var query = new Query { Limit = 1 };
        query.Where.Add(BsonExpression.Create("$._id = @0", key));
        return Stream(query).FirstOrDefault();
    }

    /// <summary>The documents whose indexed <paramref name="field"/> lies between the two, both included, in its order.</summary>
    public IEnumerable<BsonDocument> Range(string field, BsonValue from, BsonValue to, int limit = int.MaxValue) =>
        Stream(RangeQuery(field, from, to, limit));

    /// <summary>The last document of such a range.</summary>
    public BsonDocument? Last(string field, BsonValue from, BsonValue to)
    {
        Query query = RangeQuery(field, from, to, 1);
        query.OrderBy = BsonExpression.Create("$." + field);
        query.Order = Query.Descending;
        return Stream(query).FirstOrDefault();
    }

    /// <summary>The keys alone of such a range; the documents are not read.</summary>
    public IEnumerable<BsonValue> Keys(string field, BsonValue from, BsonValue to, int limit = int.MaxValue)
    {
        Query query = RangeQuery(field, from, to, limit);
        query.Select = BsonExpression.Create("$." + field);
        return Stream(query).Select(document => document.First().Value);
    }

    /// <summary>All documents in the order of their <c>_id</c>.</summary>
    public IEnumerable<BsonDocument> All() => Stream(new Query());

    /// <summary>What a document says; one that this program did not write so is a damaged store.</summary>
    /// <exception cref="CaStoreException"><c>StoreDamaged</c>.</exception>
    public T Decode<T>(BsonDocument document, Func<BsonDocument, T> decode) => _database.Guard(() => decode(document));

    /// <summary>The error for a document that this program did not write so.</summary>
    public CaStoreException Damaged(string why) => StoreErrors.Damaged(_database.Path, null, why);

    /// <summary>How LiteDB would run such a range, for tests.</summary>
    public BsonDocument Explain(string field, BsonValue from, BsonValue to, bool keysOnly = false)
    {
        Query query = RangeQuery(field, from, to, int.MaxValue);
        query.ExplainPlan = true;
        if (keysOnly) query.Select = BsonExpression.Create("$." + field);
        return Stream(query).First();
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
        if (_database.Kind == UnitKind.Read) throw new InvalidOperationException("A unit that reads cannot change the store.");
        return _database.Guard(change);
    }

    private void Change(Func<bool> change) => Change(() => change() ? 1 : 0);
}

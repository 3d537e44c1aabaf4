using System.Collections.Generic;
using System.Linq;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>
/// Keys in order, each with a small value: a tree of two levels, whose leaves are <see cref="KeyBlock"/>s, a document each, under the lowest key that
/// may be in them, and whose root is LiteDB's index over these.
/// </summary>
/// <remarks>
/// LiteDB's own index is a skip list with a node for each key: adding a key changes nodes on some five pages, which lie anywhere in the file. Here it
/// changes one page. Changed blocks reach LiteDB by <see cref="Flush"/>, so that a unit which changes a block often writes it once.
/// </remarks>
internal sealed class KeyTree
{
    private const string BlockField = "keys";

    private const int BlocksAtOnce = 200;

    /// <summary>For fewer keys, to look for each is faster than to read which blocks there are.</summary>
    private const int FewestAhead = 500;

    /// <summary>Where a block has more of the keys, there are so few blocks that each is found on its own.</summary>
    private const int MostOfBlock = 16;

    private readonly StoreCollection _collection;
    private readonly SortedList<byte[], Leaf> _leaves = new(KeyOrder.Instance);

    public KeyTree(StoreCollection collection) => _collection = collection;

    /// <summary>The value of a key; null where it is missing.</summary>
    public byte[]? Find(byte[] key) => LeafOf(key)?.Block.Find(key);

    /// <summary>Has the blocks of many keys at hand: they are read together in less time than one by one. Of few keys, or of such as lie together, none is read.</summary>
    public void ReadAhead(IEnumerable<byte[]> keys)
    {
        byte[][] wanted = [.. keys.Where(key => Cached(key) is null).OrderBy(key => key, KeyOrder.Instance)];
        if (wanted.Length < FewestAhead || LeafOf(wanted[wanted.Length / 2]) is not { } middle) return;
        if (wanted.Count(key => Cached(key) == middle) > MostOfBlock) return;
        var uppers = new SortedList<byte[], byte[]?>(KeyOrder.Instance);
        foreach ((byte[] id, byte[]? upper) in BlocksOf(wanted)) uppers.Add(id, upper);
        for (int start = 0; start < uppers.Count; start += BlocksAtOnce)
        {
            foreach (BsonDocument document in _collection.FindMany([.. uppers.Keys.Skip(start).Take(BlocksAtOnce).Select(id => new BsonValue(id))]))
            {
                byte[] id = document["_id"].AsBinary;
                var leaf = new Leaf(id, _collection.Decode(document, BlockOf));
                if (uppers[id] is { } upper) leaf.Upper = upper;
                _leaves.Add(id, leaf);
            }
        }
    }

    /// <summary>Adds a key; false where it is there already.</summary>
    public bool TryInsert(byte[] key, byte[] value)
    {
        Leaf leaf = LeafOf(key) ?? Add([], new KeyBlock(), upper: null);
        if (leaf.Block.Find(key) is not null) return false;
        if (leaf.Block.TryInsert(key, value)) return true;
        if (leaf.Block.CompareToLast(key) > 0 && UpperOf(leaf) is null)
        {
            // Keys that come in order fill their blocks instead of leaving each half empty.
            var block = new KeyBlock();
            block.TryInsert(key, value);
            leaf.Upper = Add(key, block, upper: null).Id;
            return true;
        }

        byte[]? bound = UpperOf(leaf);
        KeyBlock upper = leaf.Block.Split();
        byte[] border = upper.FirstKey();
        (StatusKey.Compare(key, border) < 0 ? leaf.Block : upper).TryInsert(key, value);
        leaf.Upper = Add(border, upper, bound).Id;
        return true;
    }

    /// <summary>Adds a key.</summary>
    /// <exception cref="CaStoreException"><c>RecordExists</c>: it is there already.</exception>
    public void Insert(byte[] key, byte[] value)
    {
        if (!TryInsert(key, value)) throw _collection.Taken();
    }

    /// <summary>Removes a key; false where it is missing.</summary>
    public bool Remove(byte[] key) => LeafOf(key)?.Block.Remove(key) == true;

    /// <summary>The entries from a key on to another, which is excluded, read while they are enumerated.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] from, byte[] to)
    {
        foreach (KeyBlock block in Blocks(from, to))
        {
            foreach (KeyValuePair<byte[], byte[]> entry in block.From(from))
            {
                if (StatusKey.Compare(entry.Key, to) >= 0) yield break;
                yield return entry;
            }
        }
    }

    /// <summary>All entries from a key on, read while they are enumerated.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> From(byte[] key) => Blocks(key, null).SelectMany(block => block.From(key));

    /// <summary>The entries of such a range, the last one first.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> RangeDown(byte[] from, byte[] to)
    {
        Flush();
        byte[] first = _collection.LastKey(from) ?? [];
        foreach (BsonDocument document in _collection.RangeDown("_id", first, to))
        {
            foreach (KeyValuePair<byte[], byte[]> entry in _collection.Decode(document, BlockOf).From([]).Reverse())
            {
                if (StatusKey.Compare(entry.Key, to) >= 0) continue;
                if (StatusKey.Compare(entry.Key, from) < 0) yield break;
                yield return entry;
            }
        }
    }

    /// <summary>How many keys such a range has; none of them is copied.</summary>
    public int Count(byte[] from, byte[] to) => Blocks(from, to).Sum(block => block.Count(from, to));

    /// <summary>How many blocks hold the keys of such a range; none of them is read.</summary>
    public int CountBlocks(byte[] from, byte[] to)
    {
        Flush();
        return _collection.Keys("_id", _collection.LastKey(from) ?? [], to).Count();
    }

    /// <summary>How many keys there are.</summary>
    public int CountAll() => _collection.All().Sum(document => _collection.Decode(document, BlockOf).From([]).Count());

    /// <summary>Brings what changed to LiteDB.</summary>
    public void Flush()
    {
        foreach (Leaf leaf in _leaves.Values.Where(leaf => leaf.Block.IsChanged))
        {
            _collection.Update(ToDocument(leaf.Id, leaf.Block));
            leaf.Block.IsChanged = false;
        }
    }

    /// <summary>The blocks of a range, in parts: LiteDB keeps all pages that it reads for one query.</summary>
    private IEnumerable<KeyBlock> Blocks(byte[] from, byte[]? to)
    {
        Flush();
        byte[]? next = _collection.LastKey(from) ?? [];
        while (next is not null)
        {
            byte[] first = next;
            next = null;
            int count = 0;
            foreach (BsonDocument document in _collection.Range("_id", first, to is null ? BsonValue.MaxValue : new BsonValue(to), BlocksAtOnce))
            {
                yield return _collection.Decode(document, BlockOf);
                if (++count == BlocksAtOnce) next = StatusKey.After(document["_id"].AsBinary);
            }
        }
    }

    /// <summary>The blocks of sorted keys that are not at hand, and the lowest key of the next where it is known. None where they are too few among all.</summary>
    private IEnumerable<(byte[] Id, byte[]? Upper)> BlocksOf(byte[][] keys)
    {
        int most = keys.Length * 8;
        byte[][] ids = [.. _collection.Keys("_id", _collection.LastKey(keys[0]) ?? [], keys[keys.Length - 1], most).Select(id => id.AsBinary)];
        if (ids.Length == most) yield break;
        for (int i = 0, at = 0; i < ids.Length; i++)
        {
            byte[]? upper = i + 1 < ids.Length ? ids[i + 1] : null;
            int before = at;
            while (at < keys.Length && (upper is null || StatusKey.Compare(keys[at], upper) < 0)) at++;
            if (at > before && !_leaves.ContainsKey(ids[i])) yield return (ids[i], upper);
        }
    }

    private Leaf? LeafOf(byte[] key)
    {
        if (Cached(key) is { } cached) return cached;
        if (_collection.LastUpTo(key) is not { } document) return null;
        byte[] id = document["_id"].AsBinary;
        if (_leaves.TryGetValue(id, out Leaf? leaf))
        {
            // It ends below the key, and may have changes. A second key above its last one is worth a look for its upper bound.
            UpperOf(leaf);
            return leaf;
        }

        _leaves.Add(id, leaf = new Leaf(id, _collection.Decode(document, BlockOf)));
        return leaf;
    }

    private Leaf? Cached(byte[] key)
    {
        int low = 0;
        for (int high = _leaves.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (StatusKey.Compare(_leaves.Keys[middle], key) <= 0) low = middle + 1;
            else high = middle;
        }

        if (low == 0) return null;
        Leaf leaf = _leaves.Values[low - 1];
        bool covers = leaf.Block.CompareToLast(key) <= 0 || (leaf.UpperKnown && (leaf.Upper is not { } upper || StatusKey.Compare(key, upper) < 0));
        return covers ? leaf : null;
    }

    /// <summary>The lowest key of the next leaf; null for the last.</summary>
    private byte[]? UpperOf(Leaf leaf)
    {
        if (!leaf.UpperKnown) leaf.Upper = _collection.FirstKeyAbove(leaf.Id);
        return leaf.Upper;
    }

    private Leaf Add(byte[] id, KeyBlock block, byte[]? upper)
    {
        _collection.Insert([ToDocument(id, block)]);
        block.IsChanged = false;
        var leaf = new Leaf(id, block) { Upper = upper };
        _leaves.Add(id, leaf);
        return leaf;
    }

    private static BsonDocument ToDocument(byte[] id, KeyBlock block) => new() { ["_id"] = id, [BlockField] = block.Octets };

    private static KeyBlock BlockOf(BsonDocument document) => new(document[BlockField].AsBinary);

    private sealed class Leaf(byte[] id, KeyBlock block)
    {
        public byte[] Id => id;

        public KeyBlock Block => block;

        public bool UpperKnown { get; private set; }

        public byte[]? Upper
        {
            get;
            set
            {
                field = value;
                UpperKnown = true;
            }
        }
    }
}

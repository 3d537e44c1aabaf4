using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using PSCertAuthority.Audit;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>Who did what: a document for the acts of each unit of work, in the order in which they were committed.</summary>
internal sealed class AuditTable
{
    public const string CollectionName = "audit";

    private const int MostActs = 5000;

    /// <summary>So many characters of acts are in one document.</summary>
    private const int LongestPart = 3_000_000;

    /// <summary>What an act takes besides its texts, generously.</summary>
    private const int EntryHead = 80;

    private readonly StoreCollection _collection;
    private long _least;

    public AuditTable(StoreCollection collection) => _collection = collection;

    /// <summary>Has the acts of this unit begin with that number at least: a restored store gives no number out that the one before may have given out.</summary>
    public void SkipTo(long number) => _least = number;

    /// <summary>Adds the acts of a unit behind those before.</summary>
    public void Append(DateTime at, AuditActor actor, IReadOnlyList<AuditEntry> entries)
    {
        AuditGroup? previous = Last();
        foreach (List<AuditEntry> part in Parts(entries))
        {
            AuditGroup group = AuditGroup.Following(previous, at, actor, part, _least);
            BsonDocument document = StoredForm.Of("audit record", group, ToDocument, ToGroup);
            if (!ToGroup(document).Follows(previous)) throw StoreErrors.RecordInvalid("audit record", "its hash would be another one", null);
            _collection.Insert([document]);
            previous = group;
        }
    }

    /// <summary>The newest group; null before the first.</summary>
    public AuditGroup? Last() => _collection.Last("_id", 0L, long.MaxValue) is { } document ? _collection.Decode(document, ToGroup) : null;

    /// <summary>At most so many groups from that number on, and fewer where they are large: a unit may have had thousands of acts. Two at least, if there are two.</summary>
    public IReadOnlyList<AuditGroup> Page(long from, int size) => ToPage(_collection.Range("_id", from, long.MaxValue, size));

    /// <summary>The same of the groups that begin before that number, the newest first.</summary>
    public IReadOnlyList<AuditGroup> PageBefore(long before, int size) => ToPage(_collection.RangeDown("_id", 0L, before - 1, size));

    /// <summary>The acts in as many documents as it takes; nearly always one.</summary>
    private static IEnumerable<List<AuditEntry>> Parts(IReadOnlyList<AuditEntry> entries)
    {
        var part = new List<AuditEntry>();
        int length = 0;
        foreach (AuditEntry entry in entries)
        {
            int more = entry.Target.Length + entry.Detail.Length + EntryHead;
            if (part.Count > 0 && length + more > LongestPart)
            {
                yield return part;
                (part, length) = ([], 0);
            }

            part.Add(entry);
            length += more;
        }

        yield return part;
    }

    private List<AuditGroup> ToPage(IEnumerable<BsonDocument> documents)
    {
        var page = new List<AuditGroup>();
        int acts = 0;
        foreach (AuditGroup group in documents.Select(document => _collection.Decode(document, ToGroup)))
        {
            page.Add(group);
            acts += group.Entries.Count;
            if (acts >= MostActs && page.Count >= 2) break;
        }

        return page;
    }

    private static BsonDocument ToDocument(AuditGroup group)
    {
        var document = new BsonDocument
        {
            ["_id"] = group.First,
            ["at"] = FromTime(group.At),
            ["account"] = group.Actor.Account,
            ["host"] = group.Actor.Host,
            ["acts"] = new BsonArray(group.Entries.Select(entry => new BsonArray { entry.Act.ToString(), entry.Target, entry.Detail })),
            ["hash"] = group.Hash,
        };
        if (group.Actor.WebUser is not null) document["web"] = group.Actor.WebUser;
        if (group.Actor.RemoteAddress is not null) document["from"] = group.Actor.RemoteAddress;
        return document;
    }

    private AuditGroup ToGroup(BsonDocument document) => new(
        document["_id"].AsInt64,
        ToTime(document["at"]),
        new AuditActor(ToText(document["account"]), ToText(document["host"]))
        {
            WebUser = document["web"].IsNull ? null : ToText(document["web"]),
            RemoteAddress = document["from"].IsNull ? null : ToText(document["from"]),
        },
        [.. document["acts"].AsArray.Select(act => new AuditEntry(ToAct(act[0].AsString), act[1].AsString, act[2].AsString))],
        document["hash"].AsBinary);

    private AuditAct ToAct(string name) =>
        Enum.TryParse(name, out AuditAct act) ? act : throw _collection.Damaged($"'{name}' is no act of an audit record");
}

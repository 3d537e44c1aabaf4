using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>The authorities. They are few, so that searching reads them all.</summary>
internal sealed class AuthorityTable
{
    public const string CollectionName = "authorities";

    private readonly StoreDatabase _database;
    private readonly StoreCollection _collection;
    private IReadOnlyList<AuthorityRecord>? _everything;
    private IReadOnlyList<AuthorityRecord>? _all;

    public AuthorityTable(StoreDatabase database)
    {
        _database = database;
        _collection = database.Collection(CollectionName);
    }

    /// <summary>Adds an authority and gives it back with its number, which no authority had before, be it one that was removed.</summary>
    /// <exception cref="CaStoreException"><c>AuthorityNameExists</c>.</exception>
    public AuthorityRecord Insert(AuthorityRecord authority)
    {
        if (FindByName(authority.Name) is not null) throw StoreErrors.AuthorityNameExists(authority.Name);
        StoreMeta meta = StoreMeta.Read(_database)!;
        AuthorityRecord numbered = authority with { Id = LastId(meta) + 1 };
        BsonDocument document = Checked(numbered);
        (meta with { LastAuthorityId = numbered.Id }).Replace(_database);
        _collection.Insert([document]);
        _all = _everything = null;
        return numbered;
    }

    /// <summary>Replaces the authority of that number.</summary>
    /// <exception cref="CaStoreException"><c>AuthorityNameExists</c> or <c>RecordNotFound</c>.</exception>
    public void Update(AuthorityRecord authority)
    {
        if (FindByName(authority.Name) is { } other && other.Id != authority.Id) throw StoreErrors.AuthorityNameExists(authority.Name);
        // The files of its key keep the name that they have been published under.
        if (authority.FileName is null && FindById(authority.Id) is { } before && before.Name != authority.Name) authority = authority with { FileName = before.Name };
        if (!_collection.Update(Checked(authority))) throw StoreErrors.RecordNotFound($"authority with the number {authority.Id}");
        _all = _everything = null;
    }

    /// <summary>Removes the authority of that number; what belongs to it is the caller's to remove.</summary>
    public void Remove(int id)
    {
        _collection.Delete([id]);
        _all = _everything = null;
    }

    /// <summary>The highest number that was ever given to an authority; 0 for none.</summary>
    public int LastId() => StoreMeta.Read(_database) is { } meta ? LastId(meta) : 0;

    /// <summary>Has the numbers up to <paramref name="last"/> count as given.</summary>
    public void SkipIds(int last)
    {
        StoreMeta meta = StoreMeta.Read(_database)!;
        if (last > LastId(meta)) (meta with { LastAuthorityId = last }).Replace(_database);
    }

    /// <summary>Every authority that has its certificate, oldest first.</summary>
    public IReadOnlyList<AuthorityRecord> All() => _all ??= [.. WithPending().Where(authority => !authority.IsPending)];

    /// <summary>Every authority, those that await their certificates too, oldest first.</summary>
    public IReadOnlyList<AuthorityRecord> WithPending() => _everything ??= [.. _collection.All().Select(document => _collection.Decode(document, ToRecord))];

    public int Count() => _collection.Keys("_id", 0, int.MaxValue).Count();

    public AuthorityRecord? FindById(int id) => All().FirstOrDefault(authority => authority.Id == id);

    /// <summary>The authority of that name, whatever the case; also one that awaits its certificate.</summary>
    public AuthorityRecord? FindByName(string name) =>
        WithPending().FirstOrDefault(authority => string.Equals(authority.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The authorities whose serial number starts so; digits without colons, in any case.</summary>
    public IReadOnlyList<AuthorityRecord> FindBySerialPrefix(string prefix) =>
        [.. All().Where(authority => authority.SerialNumber.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The authorities of that common name, whatever the case.</summary>
    public IReadOnlyList<AuthorityRecord> FindByCommonName(string commonName) =>
        [.. All().Where(authority => string.Equals(authority.CommonName, commonName, StringComparison.OrdinalIgnoreCase))];

    // A store of an earlier schema did not count them.
    private int LastId(StoreMeta meta) => Math.Max(meta.LastAuthorityId, _collection.Last("_id", 0, int.MaxValue)?["_id"].AsInt32 ?? 0);

    private static BsonDocument Checked(AuthorityRecord authority)
    {
        if (!authority.IsPending)
            _ = StoredForm.SerialNumber(authority.SerialNumber);
        return StoredForm.Of($"authority '{authority.Name}'", authority, ToDocument, ToRecord);
    }

    private static BsonDocument ToDocument(AuthorityRecord authority) => new()
    {
        ["_id"] = authority.Id,
        ["name"] = authority.Name,
        ["serial"] = authority.SerialNumber,
        ["parent"] = authority.ParentId is { } parent ? new BsonValue(parent) : BsonValue.Null,
        ["subject"] = authority.Subject,
        ["cn"] = authority.CommonName,
        ["enabled"] = authority.Enabled,
        ["notBefore"] = FromTime(authority.NotBefore),
        ["notAfter"] = FromTime(authority.NotAfter),
        ["createdAt"] = FromTime(authority.CreatedAt),
        ["der"] = authority.Certificate,
        ["keyFile"] = authority.KeyFile,
        ["keyElsewhere"] = authority.KeyIsElsewhere,
        ["digest"] = authority.DigestAlgorithm,
        ["crlUrls"] = FromList(authority.CrlUrls),
        ["deltaCrlUrls"] = FromList(authority.DeltaCrlUrls),
        ["ocspUrls"] = FromList(authority.OcspUrls),
        ["issuerUrls"] = FromList(authority.IssuerUrls),
        ["issuerNames"] = FromList(authority.IssuerAlternativeNames),
        ["crlNumber"] = authority.LastCrlNumber,
        ["fileName"] = authority.FileName is { } file ? new BsonValue(file) : BsonValue.Null,
        ["keyNumber"] = authority.KeyNumber,
        ["replacedBy"] = authority.ReplacedById is { } successor ? new BsonValue(successor) : BsonValue.Null,
        ["revocation"] = FromRevocation(authority.Revocation),
        ["request"] = authority.Request is { } request ? new BsonValue(request) : BsonValue.Null,
        ["succeeds"] = authority.SucceedsId is { } predecessor ? new BsonValue(predecessor) : BsonValue.Null,
        ["former"] = new BsonArray(authority.FormerCertificates.Select(der => new BsonValue(der))),
    };

    private static AuthorityRecord ToRecord(BsonDocument document) => new()
    {
        Id = document["_id"].AsInt32,
        Name = ToText(document["name"]),
        SerialNumber = document["request"].IsBinary ? string.Empty : ToSerialNumber(document["serial"]),
        ParentId = document["parent"].IsNull ? null : document["parent"].AsInt32,
        Subject = ToText(document["subject"]),
        CommonName = ToText(document["cn"]),
        Enabled = document["enabled"].AsBoolean,
        NotBefore = ToTime(document["notBefore"]),
        NotAfter = ToTime(document["notAfter"]),
        CreatedAt = ToTime(document["createdAt"]),
        Certificate = document["der"].AsBinary,
        KeyFile = ToText(document["keyFile"]),
        KeyIsElsewhere = document["keyElsewhere"].IsBoolean && document["keyElsewhere"].AsBoolean,
        DigestAlgorithm = ToText(document["digest"]),
        CrlUrls = ToList(document["crlUrls"]),
        DeltaCrlUrls = document["deltaCrlUrls"].IsNull ? [] : ToList(document["deltaCrlUrls"]),
        OcspUrls = ToList(document["ocspUrls"]),
        IssuerUrls = ToList(document["issuerUrls"]),
        IssuerAlternativeNames = ToList(document["issuerNames"]),
        LastCrlNumber = document["crlNumber"].AsInt64,
        FileName = document["fileName"].IsNull ? null : ToText(document["fileName"]),
        KeyNumber = document["keyNumber"].IsNull ? 1 : document["keyNumber"].AsInt32,
        ReplacedById = document["replacedBy"].IsNull ? null : document["replacedBy"].AsInt32,
        Revocation = ToRevocation(document["revocation"]),
        Request = document["request"].IsBinary ? document["request"].AsBinary : null,
        SucceedsId = document["succeeds"].IsNull ? null : document["succeeds"].AsInt32,
        FormerCertificates = document["former"].IsArray ? [.. document["former"].AsArray.Select(der => der.AsBinary)] : [],
    };
}

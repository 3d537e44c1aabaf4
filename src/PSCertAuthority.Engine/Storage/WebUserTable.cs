using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using PSCertAuthority.Web;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>The users of the web interface, under their names in lower case.</summary>
internal sealed class WebUserTable
{
    public const string CollectionName = "webUsers";

    private const string UnknownCollectionName = "webUnknownUsers";
    private const string UnknownKey = "all";

    private readonly StoreCollection _collection;
    private readonly StoreCollection _unknown;

    public WebUserTable(StoreDatabase database)
    {
        _collection = database.Collection(CollectionName);
        _unknown = database.Collection(UnknownCollectionName);
    }

    /// <summary>The user of that name in any case.</summary>
    public WebUserRecord? Find(string name) => _collection.Find(Key(name)) is { } document ? _collection.Decode(document, ToRecord) : null;

    /// <summary>All users by name.</summary>
    public IReadOnlyList<WebUserRecord> All() => [.. _collection.All().Select(document => _collection.Decode(document, ToRecord))];

    /// <exception cref="CaStoreException"><c>RecordExists</c>: the name is taken.</exception>
    public void Insert(WebUserRecord user) => _collection.Insert([Checked(user)]);

    /// <summary>Replaces the user of the same name; nothing happens where there is none.</summary>
    public void Update(WebUserRecord user) => _collection.Update(Checked(user));

    public void Remove(string name) => _collection.Delete([Key(name)]);

    /// <summary>Counts an attempt under a name that nobody has.</summary>
    public void CountUnknown()
    {
        long attempts = _unknown.Find(UnknownKey) is { } counted ? _unknown.Decode(counted, document => document["attempts"].AsInt64) : 0;
        var document = new BsonDocument { ["_id"] = UnknownKey, ["attempts"] = attempts + 1 };
        if (!_unknown.Update(document)) _unknown.Insert([document]);
    }

    private static string Key(string name) => name.ToLowerInvariant();

    private static BsonDocument Checked(WebUserRecord user) => StoredForm.Of($"web user '{user.Name}'", user, ToDocument, ToRecord);

    private static BsonDocument ToDocument(WebUserRecord user) => new()
    {
        ["_id"] = Key(user.Name),
        ["userId"] = user.Id,
        ["name"] = user.Name,
        ["role"] = user.Role.ToString(),
        ["enabled"] = user.Enabled,
        ["password"] = user.PasswordHash.ToString(),
        ["stamp"] = user.SecurityStamp,
        ["created"] = FromTime(user.CreatedAt),
        ["failures"] = user.FailedAttempts,
        ["locked"] = FromTime(user.LockedUntil),
        ["signedIn"] = FromTime(user.LastSignInAt),
    };

    private static WebRole ToRole(string text) =>
        Enum.IsDefined(typeof(WebRole), text) ? (WebRole)Enum.Parse(typeof(WebRole), text) : throw new FormatException($"'{text}' is no role of a web user.");

    private static WebUserRecord ToRecord(BsonDocument document) => new()
    {
        Id = document["userId"].IsGuid ? document["userId"].AsGuid : Guid.Empty,
        Name = ToText(document["name"]),
        Role = ToRole(ToText(document["role"])),
        Enabled = document["enabled"].AsBoolean,
        PasswordHash = PasswordHash.Parse(ToText(document["password"])),
        SecurityStamp = ToText(document["stamp"]),
        CreatedAt = ToTime(document["created"]),
        FailedAttempts = document["failures"].AsInt32,
        LockedUntil = document["locked"].IsNull ? null : ToTime(document["locked"]),
        LastSignInAt = document["signedIn"].IsNull ? null : ToTime(document["signedIn"]),
    };
}

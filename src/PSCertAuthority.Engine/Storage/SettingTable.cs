using System.Collections.Generic;
using System.Linq;
using LiteDB;
using PSCertAuthority.Settings;
using static PSCertAuthority.Storage.RecordDocument;

namespace PSCertAuthority.Storage;

/// <summary>The settings that differ from their defaults.</summary>
internal sealed class SettingTable
{
    public const string CollectionName = "settings";

    private readonly StoreCollection _collection;

    public SettingTable(StoreCollection collection) => _collection = collection;

    public CaSettings Read() => new(_collection.All()
        .Select(document => _collection.Decode(document, ToSetting))
        .ToDictionary(setting => setting.Name, setting => setting.Values));

    public void Write(string name, IReadOnlyList<string> values)
    {
        BsonDocument document = StoredForm.Of($"setting {name}", (Name: name, Values: values), ToDocument, ToSetting);
        if (!_collection.Update(document)) _collection.Insert([document]);
    }

    public void Remove(string name) => _collection.Delete([name]);

    private static BsonDocument ToDocument((string Name, IReadOnlyList<string> Values) setting) => new() { ["_id"] = setting.Name, ["value"] = FromList(setting.Values) };

    private static (string Name, IReadOnlyList<string> Values) ToSetting(BsonDocument document) => (ToText(document["_id"]), ToList(document["value"]));
}

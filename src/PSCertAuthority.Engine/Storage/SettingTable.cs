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
        .Select(document => _collection.Decode(document, d => (Name: ToText(d["_id"]), Values: ToList(d["value"]))))
        .ToDictionary(setting => setting.Name, setting => setting.Values));

    public void Write(string name, IReadOnlyList<string> values)
    {
        var document = new BsonDocument { ["_id"] = name, ["value"] = FromList(values) };
        if (!_collection.Update(document)) _collection.Insert([document]);
    }

    public void Remove(string name) => _collection.Delete([name]);
}

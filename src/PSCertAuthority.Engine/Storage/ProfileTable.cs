using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Storage;

/// <summary>The profiles that differ from the built-in ones.</summary>
internal sealed class ProfileTable
{
    public const string CollectionName = "profiles";
    private const string RemovedField = "removed";
    private const string IdField = "id";

    private readonly StoreCollection _collection;
    private readonly string _storePath;

    public ProfileTable(StoreCollection collection, string storePath) => (_collection, _storePath) = (collection, storePath);

    /// <summary>Built-in profiles first, then the others by name.</summary>
    public StoredProfiles Read()
    {
        var stored = _collection.All().ToDictionary(document => document["_id"].AsString);
        IEnumerable<CertificateProfile> builtIn = BuiltInProfiles.All
            .Where(profile => !stored.TryGetValue(profile.Name, out BsonDocument? document) || !document[RemovedField].IsBoolean)
            .Select(profile => stored.TryGetValue(profile.Name, out BsonDocument? document) ? ToProfile(document) : profile with { StorePath = _storePath });
        IEnumerable<CertificateProfile> others = stored.Values
            .Where(document => BuiltInProfiles.Find(document["_id"].AsString) is null)
            .Select(ToProfile);
        return new StoredProfiles([.. builtIn, .. others]);
    }

    /// <inheritdoc cref="StoredProfiles.Find"/>
    public CertificateProfile Find(string name) => Read().Find(name);

    /// <summary>Adds a profile, or replaces that of the same name; its id stays.</summary>
    public void Write(CertificateProfile profile)
    {
        BsonDocument document = StoredForm.Of($"profile '{profile.Name}'", profile, Normalized, read => ProfileDocument.ToProfile(read, profile.Name));
        if (BuiltInProfiles.Find(profile.Name) is null)
            document[IdField] = Read().TryFind(profile.Name)?.Id ?? new Guid(SystemRandom.GetBytes(16));
        Put(document, profile.Name);
    }

    /// <summary>Removes a profile; a built-in one is hidden.</summary>
    public void Remove(CertificateProfile profile)
    {
        if (profile.IsBuiltIn) Put(new BsonDocument { [RemovedField] = true }, profile.Name);
        else _collection.Delete([profile.Name]);
    }

    /// <summary>Forgets what was changed of a built-in profile.</summary>
    public void Restore(string name) => _collection.Delete([name]);

    /// <summary>A subject that was given as it was encoded is read back in the order of names that are typed.</summary>
    private static BsonDocument Normalized(CertificateProfile profile) => ProfileDocument.From(ProfileDocument.ToProfile(ProfileDocument.From(profile), profile.Name));

    private CertificateProfile ToProfile(BsonDocument document) => _collection.Decode(document, d =>
    {
        string name = d["_id"].AsString;
        return ProfileDocument.ToProfile(d, name) with
        {
            IsBuiltIn = BuiltInProfiles.Find(name) is not null,
            Id = d[IdField].IsGuid ? d[IdField].AsGuid : Guid.Empty,
            StorePath = _storePath,
        };
    });

    private void Put(BsonDocument document, string name)
    {
        document["_id"] = name;
        if (!_collection.Update(document)) _collection.Insert([document]);
    }
}

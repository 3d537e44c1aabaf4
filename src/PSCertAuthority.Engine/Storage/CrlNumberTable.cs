using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>The last CRL numbers of issuers whose authorities were removed, so that none is given out again should one of that name come back.</summary>
internal sealed class CrlNumberTable(StoreCollection collection)
{
    public const string CollectionName = "crl_numbers";

    /// <summary>The subject names, DER, with their numbers.</summary>
    public IReadOnlyList<(byte[] Subject, long Number)> All() =>
        [.. collection.All().Select(document => collection.Decode(document, d => (d["subject"].AsBinary, d["number"].AsInt64)))];

    /// <summary>Keeps a number; a smaller one than before changes nothing.</summary>
    public void Keep(byte[] subject, long number)
    {
        byte[] key = Key(subject);
        long before = collection.Find(key) is { } found ? found["number"].AsInt64 : 0;
        if (number <= before) return;
        var document = new BsonDocument { ["_id"] = key, ["subject"] = subject, ["number"] = number };
        if (!collection.Update(document)) collection.Insert([document]);
    }

    /// <summary>LiteDB's keys are short, and names may be long.</summary>
    private static byte[] Key(byte[] subject)
    {
        using var algorithm = SHA256.Create();
        return algorithm.ComputeHash(subject);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>
/// Brings a store of an earlier schema to the present one. It is written anew beside the old file and takes its place by renaming, so that the store
/// is the old one or the new one, whenever the process ends; the old file stays under the name <c>ca.db.schema-N</c>.
/// </summary>
internal static class StoreUpgrade
{
    private const int AtOnce = 10_000;

    /// <summary>Blocks of keys are documents of 8 kB.</summary>
    private const int BlocksAtOnce = 2000;

    /// <summary>Upgrades the store if it needs that. Its lock is held.</summary>
    /// <exception cref="CaStoreException">It is no store, damaged, or there is no room for the new file; it is as it was.</exception>
    public static void RunIfNeeded(StorePaths paths, TimeProvider clock)
    {
        int version = StoreAccess.Guard(paths.Database, () => DatabaseFile.SchemaVersionOf(paths.Database));
        if (version is < 1 or >= StoreDatabase.SchemaVersion) return;
        string folder = paths.Database + ".upgrade-" + Guid.NewGuid().ToString("N");
        try
        {
            StoreAccess.Guard(paths.Database, () => OwnerOnlyFile.CreateDirectory(folder));
            string upgraded = Path.Combine(folder, "ca.db");
            Copy(paths, version, new CaStore(upgraded, paths.KeyDirectory, clock: clock), clock);
            StoreAccess.Guard(paths.Database, () => File.Replace(upgraded, paths.Database, $"{paths.Database}.schema-{version}"));
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static void Copy(StorePaths paths, int version, CaStore to, TimeProvider clock)
    {
        using FileStream? file = StoreAccess.Guard(paths.Database, () => DatabaseFile.OpenForReading(paths.Database));
        using var database = StoreDatabase.Open(paths, file, UnitKind.Read, clock);
        StoreMeta meta = StoreMeta.Read(database)!;
        to.Write(unit => unit.TakeOver(meta));
        string[] rewritten = version <= SchemaTwo.Last ? SchemaTwo.Rewritten : version <= SchemaThree.Last ? SchemaThree.Rewritten : [];
        foreach (string name in database.CollectionNames().Except([StoreMeta.CollectionName, .. rewritten]))
        {
            foreach (List<BsonDocument> part in Parts(database.Collection(name).All(), BlocksAtOnce))
                to.Write(unit => unit.TakeOver(name, part));
        }

        if (version <= SchemaTwo.Last) CopyFromSchemaTwo(database, to);
        else if (version <= SchemaThree.Last) CopyFromSchemaThree(database, to);
        // The fourth did not count the authorities that there ever were; everything else has stayed.
    }

    private static void CopyFromSchemaTwo(StoreDatabase database, CaStore to)
    {
        // In the order of their ends, which for most is that of issuing.
        StoreCollection certificates = database.Collection(CertificateTable.CollectionName);
        foreach (List<BsonDocument> part in Parts(certificates.Range("status", BsonValue.MinValue, BsonValue.MaxValue), AtOnce))
            to.Write(unit => unit.Certificates.InsertMany([.. part.Select(document => certificates.Decode(document, SchemaTwo.ToCertificate))]));
        StoreCollection entries = database.Collection(CrlFeed.CollectionName);
        foreach (List<BsonDocument> part in Parts(entries.All(), AtOnce))
            to.Write(unit => unit.CrlEntries.AddMany(part.Select(document => entries.Decode(document, SchemaTwo.ToCrlEntry))));
    }

    private static void CopyFromSchemaThree(StoreDatabase database, CaStore to)
    {
        StoreCollection certificates = database.Collection(CertificateTable.CollectionName);
        foreach (List<BsonDocument> part in Parts(certificates.All(), AtOnce))
            to.Write(unit => unit.Certificates.TakeOver([.. part.Select(document => certificates.Decode(document, SchemaThree.ToCertificate))]));
    }

    private static IEnumerable<List<BsonDocument>> Parts(IEnumerable<BsonDocument> documents, int size)
    {
        var part = new List<BsonDocument>();
        foreach (BsonDocument document in documents)
        {
            part.Add(document);
            if (part.Count < size) continue;
            yield return part;
            part = [];
        }

        if (part.Count > 0) yield return part;
    }
}

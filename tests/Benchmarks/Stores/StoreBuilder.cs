using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Org.BouncyCastle.Math;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>
/// Builds a store of many certificates, each with a serial number and a name of its own and truly signed, through the engine's own storage, and
/// keeps it for later runs.
/// </summary>
internal static class StoreBuilder
{
    public const string Authority = "Issuing";
    public const string RsaAuthority = "IssuingRsa";
    private const int UnitSize = 20_000;

    /// <summary>The folder of stores that are kept between runs.</summary>
    public static string Cache { get; } = Path.Combine(Path.GetTempPath(), "psca-benchmarks", $"schema-{StoreDatabase.SchemaVersion}");

    public static string NameOf(int number) => $"host{number:D7}.example.com";

    /// <summary>The store of that size; built if it is not there. Scenarios that change it take a copy.</summary>
    public static string Build(StoreSize size)
    {
        string folder = Path.Combine(Cache, size.Folder);
        string path = Path.Combine(folder, "ca.db");
        if (File.Exists(Path.Combine(folder, "complete")))
            return path;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        Fill(path, size);
        File.WriteAllText(Path.Combine(folder, "complete"), string.Empty);
        return path;
    }

    /// <summary>Copies a store with its keys into a folder that exists.</summary>
    /// <returns>The path of the copy, which may be changed.</returns>
    public static string Copy(string store, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "ca.keys"));
        File.Copy(store, Path.Combine(folder, "ca.db"));
        foreach (string key in Directory.GetFiles(Path.ChangeExtension(store, ".keys")))
            File.Copy(key, Path.Combine(folder, "ca.keys", Path.GetFileName(key)));
        return Path.Combine(folder, "ca.db");
    }

    private static void Fill(string path, StoreSize size)
    {
        var engine = new CaEngine(path);
        Create(engine, Authority, KeyType.EC);
        Create(engine, RsaAuthority, KeyType.RSA);
        var store = new CaStore(path);
        AuthorityRecord authority = store.Read(unit => unit.Authorities.FindByName(Authority)!);
        using var issuing = new IssuingAuthorityReader(store, TimeProvider.System).Open(new AuthorityIdentity(Authority), null);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(issuing.Key.ExportPkcs8(), out _);
        CertificateTemplate[] templates = [.. Templates(engine)];
        var serials = new SerialNumberSeries();
        var watch = Stopwatch.StartNew();
        for (int first = 0; first < size.Certificates; first += UnitSize)
        {
            int count = Math.Min(UnitSize, size.Certificates - first);
            int from = first;
            CertificateRecord[] records = [.. Enumerable.Range(from, count).AsParallel().AsOrdered()
                .Select(number => Issue(number, size, authority.Id, templates[number % templates.Length], key, serials.Next()))];
            store.Write(unit => Insert(unit, records));
            Console.Error.WriteLine($"{first + count} of {size.Certificates} after {watch.Elapsed.TotalSeconds:N0} s");
        }
    }

    private static void Create(CaEngine engine, string name, KeyType key) => engine.Authorities.Create(new AuthorityRequest
    {
        Name = name, Subject = DistinguishedName.Parse($"/O=Example/CN={name}"), Key = KeySpecification.Create(key),
    });

    /// <summary>A few hundred keys, several profiles.</summary>
    private static IEnumerable<CertificateTemplate> Templates(CaEngine engine)
    {
        string[] profiles = ["webserver", "webserver", "webserver", "webserver", "webserver", "webserver", "server", "client", "client", "ocsp"];
        string folder = Directory.CreateTempSubdirectory("psca-templates-").FullName;
        IReadOnlyList<string> paths = ReadyRequests.WriteMany(folder, 300);
        using (IssuancePipeline pipeline = engine.BeginIssuance())
        {
            for (int i = 0; i < paths.Count; i++)
            {
                pipeline.Submit(new CertificateIssueRequest
                {
                    Authority = new AuthorityIdentity(Authority), RequestPath = paths[i], Profile = profiles[i % profiles.Length],
                    Subject = DistinguishedName.Parse("/CN=" + NameOf(9_000_000 + i)),
                });
            }

            foreach (IssueOutcome outcome in pipeline.Complete())
            {
                CaCertificate certificate = outcome.Certificate ?? throw outcome.Error!;
                yield return new CertificateTemplate(certificate.ToDer(), certificate.CommonName!, certificate.Profile);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static CertificateRecord Issue(int number, StoreSize size, int authority, CertificateTemplate template, ECDsa key, BigInteger serial)
    {
        // One in ten has ended, one in fifty ends within a fortnight, the others within two years: spread evenly, without pattern.
        DateTime now = DateTime.UtcNow.Date;
        int place = (int)(number * 2654435761L % 1000);
        double days = place < 100 ? -1 - place : place < 120 ? 1 + (place % 14) : 15 + (place * 0.7);
        DateTime end = now.AddDays(days).AddSeconds(number % 86400);
        DateTime start = end.AddDays(-730);
        var revocation = (number * 40503L % 100) < size.RevokedPercent
            ? new RevocationRecord(start.AddDays(30), number % 3 == 0 ? RevocationReason.Unspecified : RevocationReason.Superseded, null)
            : null;
        return new CertificateRecord
        {
            SerialNumber = SerialNumbers.ToStored(serial), AuthorityId = authority, Subject = "/CN=" + NameOf(number), CommonName = NameOf(number),
            Profile = template.Profile, NotBefore = start, NotAfter = end, IssuedAt = start, Revocation = revocation,
            Certificate = template.Issue(key, serial.ToByteArrayUnsigned(), NameOf(number), start, end),
        };
    }

    private static void Insert(StoreUnit unit, CertificateRecord[] records)
    {
        unit.Certificates.InsertMany(records);
        unit.CrlEntries.AddMany(records.Where(record => record.Revocation is not null)
            .Select(record => new CrlEntryRecord(record.AuthorityId, record.SerialNumber, record.NotAfter, record.Revocation!, false, 0)));
        foreach (CertificateRecord record in records)
            unit.Record(AuditAct.CertificateIssued, record.AuditName, $"by '{Authority}', profile {record.Profile}");
    }
}

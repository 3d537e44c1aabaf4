using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>A store with many certificates, of which each fiftieth is revoked. Kept below the folder for temporary files: filling it takes longer than using it.</summary>
internal sealed class FilledStore
{
    // Another number makes older folders useless.
    private const int Version = 2;
    private const int AtOnce = 10_000;
    private const int Nth = 50;

    private FilledStore(string folder) => Folder = folder;

    public string Folder { get; }

    public string StorePath => Path.Combine(Folder, "ca.db");

    public string RootPath => Path.Combine(Folder, "root.pem");

    /// <summary>OpenSSL's index of the same certificates.</summary>
    public string IndexPath => Path.Combine(Folder, "index.txt");

    /// <summary>A responder's certificate and key, for servers that make none.</summary>
    public string ResponderPath => Path.Combine(Folder, "responder.pem");

    public string ResponderKeyPath => Path.Combine(Folder, "responder.key");

    /// <summary>The serial numbers that are asked about: a thousand from all over the store.</summary>
    public IReadOnlyList<string> Serials => File.ReadAllLines(Path.Combine(Folder, "serials.txt"));

    /// <summary>The one that is there, or a new one.</summary>
    /// <param name="keyType">EC for P-256, or RSA for 2048 bits.</param>
    /// <param name="count">How many certificates; a multiple of ten thousand.</param>
    public static FilledStore Open(KeyType keyType, int count)
    {
        string folder = Path.Combine(Path.GetTempPath(), "psca-bench", $"ocsp-{Version}-{keyType}-{count}");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"Filling a store with {count:N0} certificates in '{folder}' …");
            string work = folder + ".part";
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
            Directory.CreateDirectory(work);
            new FilledStore(work).Fill(keyType, count);
            Directory.Move(work, folder);
        }

        return new FilledStore(folder);
    }

    /// <summary>A store like this one, with its keys, that may be written to, in a folder that exists.</summary>
    public string CopyTo(string folder)
    {
        const string keys = "ca.keys";
        Directory.CreateDirectory(Path.Combine(folder, keys));
        foreach (string key in Directory.EnumerateFiles(Path.Combine(Folder, keys)))
            File.Copy(key, Path.Combine(folder, keys, Path.GetFileName(key)));
        string copy = Path.Combine(folder, "ca.db");
        File.Copy(StorePath, copy);
        return copy;
    }

    private void Fill(KeyType keyType, int count)
    {
        var engine = new CaEngine(StorePath);
        KeySpecification key = KeySpecification.Create(keyType, keyType == KeyType.RSA ? KeySpecification.MinimumRsaSize : null);
        CaAuthority root = engine.Authorities.Create(new AuthorityRequest { Name = "Root", Subject = DistinguishedName.Parse("/CN=Root"), Key = key }).Value;
        File.WriteAllText(RootPath, root.ToPem());
        IssueResponder(engine, key);
        var store = new CaStore(StorePath);
        byte[] der = engine.Certificates.Get(new CertificateIdentity("responder")).ToDer();
        var serials = new List<string>();
        for (int done = 0; done < count; done += AtOnce)
        {
            CertificateRecord[] records = [.. Enumerable.Range(done, AtOnce).Select(i => Record(root.Id, i, der))];
            store.Write(unit => unit.Certificates.InsertMany(records));
            serials.AddRange(records.Take(AtOnce / (count / 1000)).Select(record => record.SerialNumber));
        }

        File.WriteAllLines(Path.Combine(Folder, "serials.txt"), serials);
        engine.OcspIndex.Write("Root", IndexPath, overwrite: true);
    }

    private void IssueResponder(CaEngine engine, KeySpecification key)
    {
        using IssuancePipeline pipeline = engine.BeginIssuance();
        pipeline.Submit(new CertificateIssueRequest
        {
            Authority = "Root", GenerateKey = key, KeyPath = ResponderKeyPath, Subject = DistinguishedName.Parse("/CN=responder"), Profile = "ocsp", ValidDays = 365,
        });
        foreach (IssueOutcome outcome in pipeline.Complete())
            File.WriteAllText(ResponderPath, (outcome.Certificate ?? throw outcome.Error!).ToPem());
    }

    private static CertificateRecord Record(int authority, int number, byte[] der)
    {
        DateTime today = DateTime.UtcNow.Date;
        return new CertificateRecord
        {
            SerialNumber = "40" + Convert.ToHexString(RandomNumberGenerator.GetBytes(19)), AuthorityId = authority, Subject = "/CN=host" + number, CommonName = "host" + number,
            Profile = "webserver", NotBefore = today, NotAfter = today.AddDays(365), IssuedAt = today, Certificate = der,
            Revocation = number % Nth == 0 ? new RevocationRecord(today, RevocationReason.Superseded, null) : null,
        };
    }
}

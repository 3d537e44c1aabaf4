using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Reads all of a store and holds its parts against each other. The store is free for others between the pages.</summary>
internal sealed class StoreInspection(CaStore store, Action<StoreProgress> report, CancellationToken cancellation) : IDisposable
{
    private const int PageSize = 500;

    private readonly StoreFindings _findings = new();
    private readonly IndexBalance _balance = new();
    private Dictionary<int, AuthorityRecord> _authorities = [];
    private Dictionary<int, SubjectPublicKeyInfo> _keys = [];
    private bool _isDamaged;

    /// <summary>How many certificates are read before others may change the store; each waits for a tenth of a second then.</summary>
    public int CertificatesAtOnce { get; init; } = 3000;

    /// <summary>How many entries of indexes and CRLs.</summary>
    public int KeysAtOnce { get; init; } = 50_000;

    public CaStoreTestResult Run()
    {
        Section("pages", CheckPages);
        long authorities = Section("authorities", CheckAuthorities);
        long certificates = Section("certificates", CheckCertificates);
        long entries = Section("CRL entries", CheckCrlEntries);
        Section("indexes", CheckIndexes);
        long users = Section("web users", () => store.Read(unit => unit.WebUsers.All().Count, cancellation));
        long audit = Section("audit records", CheckAudit);
        return new CaStoreTestResult
        {
            Path = store.DatabasePath,
            Authorities = authorities,
            Certificates = certificates,
            CrlEntries = entries,
            WebUsers = users,
            AuditRecords = audit,
            Findings = _findings.All,
        };
    }

    /// <summary>One part of the store; where the file itself is damaged, the other parts are still looked at.</summary>
    private long Section(string what, Func<long> check)
    {
        try
        {
            return check();
        }
        catch (CaStoreException e) when (e.ErrorId == "StoreDamaged")
        {
            _isDamaged = true;
            _findings.Error("StoreDamaged", what, e.Message);
            return 0;
        }
    }

    /// <summary>The file itself, page by page. Others wait: no page may change meanwhile.</summary>
    private long CheckPages() => store.Read(
        _ =>
        {
            using var file = new FileStream(store.DatabasePath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            long[] damaged = [.. DatabaseFile.FindDamagedPages(file, done =>
            {
                cancellation.ThrowIfCancellationRequested();
                report(new StoreProgress("Checking pages", done, file.Length));
            })];
            if (damaged.Length > 0)
                throw StoreErrors.Damaged(store.DatabasePath, null, $"{damaged.Length} pages are not as they were written, the first with the number {damaged[0]}");
            return 0L;
        },
        cancellation);

    private long CheckAuthorities()
    {
        IReadOnlyList<AuthorityRecord> all = store.Read(unit => unit.Authorities.All(), cancellation);
        _authorities = all.ToDictionary(authority => authority.Id);
        _keys = all.Select(authority => (authority.Id, Key: TryReadKey(authority.Certificate)))
            .Where(pair => pair.Key is not null).ToDictionary(pair => pair.Id, pair => pair.Key!);
        var check = new AuthorityCheck(store, _findings, _authorities, _keys);
        foreach (AuthorityRecord authority in all)
        {
            cancellation.ThrowIfCancellationRequested();
            check.Check(authority);
        }

        check.CheckKeyDirectory();
        return all.Count;
    }

    private static SubjectPublicKeyInfo? TryReadKey(byte[] certificate)
    {
        try
        {
            return new DecodedCertificate(certificate).PublicKey;
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return null;
        }
    }

    private long CheckCertificates()
    {
        long total = store.Read(unit => unit.Certificates.Count(), cancellation), count = 0;
        var check = new CertificateRecordCheck(_findings, _balance, _authorities, _keys);
        for (long? after = 0; after is not null;)
        {
            long from = after.Value;
            IReadOnlyList<CheckedDocument> page = store.Read(unit => check.ReadPage(unit, from, CertificatesAtOnce), cancellation);
            check.Verify(page, cancellation);
            count += page.Count;
            after = page.Count == CertificatesAtOnce ? page[page.Count - 1].Number : null;
            report(new StoreProgress("Checking certificates", count, total));
        }

        return count;
    }

    private long CheckCrlEntries()
    {
        var check = new CrlEntryCheck(store, _findings, _balance, _authorities, KeysAtOnce);
        return _authorities.Keys.Sum(authority => check.Check(authority, cancellation));
    }

    /// <summary>Meets all entries of the indexes, and looks for the certificate that is amiss where they are not what was expected.</summary>
    private long CheckIndexes()
    {
        long count = 0;
        foreach (CertificateIndex index in Enum.GetValues(typeof(CertificateIndex)))
        {
            for (byte[]? next = []; next is not null;)
            {
                byte[] from = next;
                IReadOnlyList<KeyValuePair<byte[], byte[]>> page = store.Read(unit => unit.Certificates.IndexPage(index, from, KeysAtOnce).ToList(), cancellation);
                Parallel.ForEach(page, entry => _balance.Meet(index, entry.Key, entry.Value));
                next = page.Count == KeysAtOnce ? StatusKey.After(page[page.Count - 1].Key) : null;
                report(new StoreProgress("Checking indexes", count += page.Count, 0));
            }
        }

        if (!_balance.IsEven && !_isDamaged)
            new IndexCheck(store, _findings, report, cancellation).Run();
        return count;
    }

    private long CheckAudit()
    {
        long count = 0;
        AuditGroup? previous = null;
        while (true)
        {
            IReadOnlyList<AuditGroup> page = store.Read(unit => unit.Audit.Page(previous?.Next ?? 1, PageSize), cancellation);
            foreach (AuditGroup group in page)
            {
                if (!group.Follows(previous))
                {
                    _findings.Error("AuditChainBroken", $"audit record {group.First}", "It was changed, or those before it were: its hash does not follow from theirs.");
                    return count;
                }

                count += group.Entries.Count;
                previous = group;
            }

            if (page.Count == 0)
                return count;
            report(new StoreProgress("Checking audit records", count, 0));
        }
    }

    public void Dispose() => _balance.Dispose();
}

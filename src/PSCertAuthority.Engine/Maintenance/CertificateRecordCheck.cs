using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Checks certificates page by page, on all cores: their records, their signatures, and what they expect of the indexes and the next CRL.</summary>
internal sealed class CertificateRecordCheck(
    StoreFindings findings, IndexBalance balance, IReadOnlyDictionary<int, AuthorityRecord> authorities, IReadOnlyDictionary<int, SubjectPublicKeyInfo> keys)
{
    /// <summary>Reads a page.</summary>
    public IReadOnlyList<CheckedDocument> ReadPage(StoreUnit unit, long after, int size)
    {
        var lastCrls = new Dictionary<int, DateTime?>();
        return [.. unit.Certificates.PageOfRecords(after, size).Select(stored => Read(unit, stored, lastCrls))];
    }

    /// <summary>Verifies a page.</summary>
    public void Verify(IReadOnlyList<CheckedDocument> page, CancellationToken cancellation)
    {
        var faults = new (string Kind, string Message)?[page.Count];
        Parallel.For(
            0,
            page.Count,
            new ParallelOptions { CancellationToken = cancellation },
            () => new IssuerKeys(keys),
            (i, _, issuers) =>
            {
                faults[i] = Verify(page[i], issuers);
                return issuers;
            },
            issuers => issuers.Dispose());
        for (int i = 0; i < page.Count; i++)
        {
            if (faults[i] is var (kind, message))
                findings.Error(kind, page[i].Record!.AuditName, message);
        }
    }

    private (string Kind, string Message)? Verify(CheckedDocument document, IssuerKeys issuers)
    {
        if (document.Record is not { } record)
            return null;
        balance.Expect(record, document.Number);
        if (document.IsOnNextCrl)
            balance.Expect(record.AuthorityId, record.SerialNumber, record.Revocation!);
        if (!authorities.ContainsKey(record.AuthorityId))
            return ("AuthorityMissing", $"It belongs to an authority with the number {record.AuthorityId}, which is not there.");
        return StoredCertificateCheck.FindFault(record.Certificate, record.SerialNumber, record.Subject, record.NotAfter, issuers.Find(record.AuthorityId));
    }

    private CheckedDocument Read(StoreUnit unit, StoredCertificate stored, Dictionary<int, DateTime?> lastCrls)
    {
        if (stored.TryRead(out string why) is not { } record)
        {
            findings.Error("RecordDamaged", $"certificate {stored.Number}", $"The record cannot be read: {why}");
            return new CheckedDocument(stored.Number, null, false);
        }

        if (record.Revocation is null)
            return new CheckedDocument(stored.Number, record, false);
        if (!lastCrls.TryGetValue(record.AuthorityId, out DateTime? lastCrl))
            lastCrls.Add(record.AuthorityId, lastCrl = unit.Crls.Latest(record.AuthorityId)?.ThisUpdate);
        return new CheckedDocument(stored.Number, record, !(lastCrl > record.NotAfter) || unit.CrlEntries.Find(record.AuthorityId, record.SerialNumber) is not null);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>Checks certificates page by page: their place in the indexes, their CRL entries, and on all cores their signatures.</summary>
internal sealed class CertificateRecordCheck(
    StoreFindings findings, IReadOnlyDictionary<int, AuthorityRecord> authorities, IReadOnlyDictionary<int, SubjectPublicKeyInfo> keys)
{
    /// <summary>Reads a page, and checks within the unit what others could change in the next.</summary>
    public IReadOnlyList<CheckedDocument> ReadPage(StoreUnit unit, long after, int size) =>
        [.. unit.Certificates.PageOfRecords(after, size).Select(stored => Check(unit, stored))];

    /// <summary>Verifies the signatures of a page.</summary>
    public void Verify(IReadOnlyList<CheckedDocument> page, CancellationToken cancellation)
    {
        CertificateRecord[] records = [.. page.Select(document => document.Record).OfType<CertificateRecord>()];
        var faults = new (string Kind, string Message)?[records.Length];
        Parallel.For(0, records.Length, new ParallelOptions { CancellationToken = cancellation }, i => faults[i] = FindFault(records[i]));
        for (int i = 0; i < records.Length; i++)
        {
            if (faults[i] is var (kind, message))
                findings.Error(kind, records[i].AuditName, message);
        }
    }

    private (string Kind, string Message)? FindFault(CertificateRecord record)
    {
        if (!authorities.ContainsKey(record.AuthorityId))
            return ("AuthorityMissing", $"It belongs to an authority with the number {record.AuthorityId}, which is not there.");
        keys.TryGetValue(record.AuthorityId, out SubjectPublicKeyInfo? issuer);
        return StoredCertificateCheck.FindFault(record.Certificate, record.SerialNumber, record.Subject, record.NotAfter, issuer);
    }

    private CheckedDocument Check(StoreUnit unit, StoredCertificate stored)
    {
        if (TryRead(stored) is not { } record) return new CheckedDocument(stored.Number, null);
        if (!unit.Certificates.KeysFit(record, stored.Number))
            findings.Error("IndexMismatch", record.AuditName, "An index has it in another place than its record belongs.");
        CheckOnCrl(unit, record);
        return new CheckedDocument(stored.Number, record);
    }

    private CertificateRecord? TryRead(StoredCertificate stored)
    {
        try
        {
            return stored.ToRecord();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            findings.Error("RecordDamaged", $"certificate {stored.Number}", $"The record cannot be read: {e.Message}");
            return null;
        }
    }

    private void CheckOnCrl(StoreUnit unit, CertificateRecord record)
    {
        CrlEntryRecord? entry = unit.CrlEntries.Find(record.AuthorityId, record.SerialNumber);
        if (record.Revocation is null && entry is not null)
            findings.Error("CrlEntryMismatch", record.AuditName, "It is not revoked, but the next CRL would name it.");
        else if (record.Revocation is not null && entry is not null && entry.Revocation != record.Revocation)
            findings.Error("CrlEntryMismatch", record.AuditName, "The next CRL would say another date or reason than the record.");
        else if (record.Revocation is not null && entry is null && !(unit.Crls.Latest(record.AuthorityId)?.ThisUpdate > record.NotAfter))
            findings.Error("CrlEntryMissing", record.AuditName, "It is revoked, but the next CRL would not name it.");
    }
}

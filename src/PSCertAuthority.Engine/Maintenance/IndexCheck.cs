using System;
using System.Collections.Generic;
using System.Threading;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>
/// Finds which certificate an index or the next CRL has otherwise than its record: looks each one up, which takes several times as long as
/// <see cref="IndexBalance"/> takes to find whether there is any.
/// </summary>
internal sealed class IndexCheck(CaStore store, StoreFindings findings, Action<StoreProgress> report, CancellationToken cancellation)
{
    // Many at a time find most of what they look up in blocks of keys that are read already; others wait for about a second.
    private const int PageSize = 5000;

    /// <summary>Looks up every certificate. What others changed meanwhile is no finding: each one is looked up where it is read.</summary>
    public void Run()
    {
        (int documents, int bySerial, int byState, int byName) = store.Read(unit => unit.Certificates.CountIndexes(), cancellation);
        if (documents != bySerial || documents != byState || documents != byName)
            findings.Error("IndexMismatch", "certificates", $"There are {documents} certificates, but the indexes have {bySerial}, {byState} and {byName} keys.");
        long done = 0;
        for (long? after = 0; after is { } from;)
        {
            cancellation.ThrowIfCancellationRequested();
            (int count, after) = store.Read(unit => CheckPage(unit, from), cancellation);
            report(new StoreProgress("Looking up certificates in the indexes", done += count, documents));
        }
    }

    /// <summary>How many were read, and behind which number to go on; null at the end.</summary>
    private (int Count, long? Next) CheckPage(StoreUnit unit, long after)
    {
        IReadOnlyList<StoredCertificate> page = unit.Certificates.PageOfRecords(after, PageSize);
        foreach (StoredCertificate stored in page)
        {
            // What cannot be read is told by who verifies the records.
            if (stored.TryRead(out _) is { } record) Check(unit, record, stored.Number);
        }

        return (page.Count, page.Count == PageSize ? page[PageSize - 1].Number : null);
    }

    private void Check(StoreUnit unit, CertificateRecord record, long number)
    {
        if (!unit.Certificates.KeysFit(record, number))
            findings.Error("IndexMismatch", record.AuditName, "An index has it in another place than its record belongs.");
        CrlEntryRecord? entry = unit.CrlEntries.Find(record.AuthorityId, record.SerialNumber);
        if (record.Revocation is null && entry is not null)
            findings.Error("CrlEntryMismatch", record.AuditName, "It is not revoked, but the next CRL would name it.");
        else if (record.Revocation is not null && entry is not null && entry.Revocation != record.Revocation)
            findings.Error("CrlEntryMismatch", record.AuditName, "The next CRL would say another date or reason than the record.");
        else if (record.Revocation is not null && entry is null && !(unit.Crls.Latest(record.AuthorityId)?.ThisUpdate > record.NotAfter))
            findings.Error("CrlEntryMissing", record.AuditName, "It is revoked, but the next CRL would not name it.");
    }
}

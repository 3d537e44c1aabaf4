using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>Stores signed certificates within one transaction.</summary>
internal sealed class IssuanceCommit(StoreUnit unit, DateTime now, bool stopAtFirstFailure)
{
    private readonly Dictionary<(int Authority, SigningPurpose Purpose), CaException?> _refusals = [];

    /// <summary>What may not be stored gets its error and changes nothing; whatever else is thrown rolls the transaction back.</summary>
    public bool Store(IReadOnlyList<IssuanceEntry> batch)
    {
        var records = new List<CertificateRecord>(batch.Count);
        foreach (IssuanceEntry entry in batch.Where(entry => entry.Error is null))
        {
            PendingCertificate pending = entry.Pending;
            CertificateRecord? renewed;
            try
            {
                renewed = Check(pending, entry.Request);
            }
            catch (CaException e) when (e is not CaStoreException { ConcernsStore: true })
            {
                entry.Error = e;
                if (stopAtFirstFailure)
                    break;
                continue;
            }

            if (renewed is not null)
                Renewal.Replace(unit, renewed, pending.Record, entry.Request.Renewed, now);
            records.Add(pending.Record);
            Record(pending);
        }

        unit.Certificates.InsertMany(records);
        return true;
    }

    /// <summary>All that a user may have to mend: the authority, the certificate to renew, and the key's file, which waits for the commit.</summary>
    private CertificateRecord? Check(PendingCertificate pending, CertificateIssueRequest request)
    {
        if (!_refusals.TryGetValue((pending.Record.AuthorityId, request.Purpose), out CaException? refusal))
            _refusals[(pending.Record.AuthorityId, request.Purpose)] = refusal = FindRefusal(pending, request.Purpose);
        if (refusal is not null)
            throw refusal;
        CertificateRecord? renewed = pending.Renewal?.Check(unit, request, pending.Record);
        if (pending.Key is { } key)
            unit.StageFile(key.Path, key.Content, request.OverwriteKey);
        return renewed;
    }

    private void Record(PendingCertificate pending)
    {
        unit.Record(AuditAct.CertificateIssued, pending.Record.AuditName, $"by '{pending.AuthorityName}', {(pending.Record.Profile.Length == 0 ? "without a profile" : $"profile {pending.Record.Profile}")}");
        foreach (string watcher in pending.Record.Watchers)
            unit.Record(AuditAct.WatcherAdded, pending.Record.AuditName, watcher);
    }

    private CaException? FindRefusal(PendingCertificate pending, SigningPurpose purpose)
    {
        try
        {
            AuthorityRecord authority = unit.Authorities.FindById(pending.Record.AuthorityId) is { } record && unit.StoreId == pending.StoreId
                ? record : throw AuthorityErrors.NotFound(pending.AuthorityName);
            IssuingAuthorityReader.RequireActive(unit, authority, now, purpose);
            return null;
        }
        catch (CaAuthorityException e)
        {
            return e;
        }
    }
}

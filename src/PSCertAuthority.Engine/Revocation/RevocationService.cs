using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>Revokes certificates and authorities.</summary>
public sealed class RevocationService
{
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal RevocationService(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Revokes a certificate: the next CRL of its authority names it. No key is needed.</summary>
    /// <param name="identity">Which certificate.</param>
    /// <param name="reason">Why; a suspended certificate may be revoked for good with another reason, and any revocation be raised to keyCompromise.</param>
    /// <param name="invalidityDate">Since when its key is thought to be in other hands (RFC 5280, section 5.3.2); null where unknown.</param>
    /// <returns>The certificate as it stands now.</returns>
    /// <exception cref="CaCertificateException">It is unknown, ambiguous, or was revoked before; nothing has changed.</exception>
    public CaCertificate Revoke(CertificateIdentity identity, RevocationReason reason, DateTime? invalidityDate) =>
        _store.Write(unit => Revoke(unit, identity, reason, invalidityDate));

    /// <summary>Begins to revoke, suspend and resume many certificates, in few transactions.</summary>
    /// <param name="cancellation">Drops what is not stored yet.</param>
    public RevocationPipeline Begin(CancellationToken cancellation = default) => new(this, _store, cancellation);

    /// <summary>The other certificates of this store with the key of a certificate that can be found by its renewals or common name, and are not revoked.</summary>
    /// <param name="identity">Which certificate, whose key is in other hands.</param>
    /// <exception cref="CaCertificateException">It is unknown or ambiguous.</exception>
    public IReadOnlyList<CaCertificate> GetOthersWithKey(CertificateIdentity identity) => _store.Read(unit =>
        SameKey.FindLive(unit, CertificateFinder.Find(unit, identity), _clock.GetUtcSecond()).Select(other => Describe(unit, other)).ToList());

    internal CaCertificate Revoke(StoreUnit unit, CertificateIdentity identity, RevocationReason reason, DateTime? invalidityDate) =>
        Revoke(unit, CertificateFinder.Find(unit, identity), reason, invalidityDate);

    private CaCertificate Revoke(StoreUnit unit, CertificateRecord record, RevocationReason reason, DateTime? invalidityDate)
    {
        bool isAuthority = DecodedCertificate.SaysAuthority(record.Certificate);
        if (isAuthority && new DecodedCertificate(record.Certificate) is { IsSelfSigned: true } root)
            throw AuthorityErrors.RootNotRevocable(unit.Authorities.FindById(record.AuthorityId)?.Name ?? root.Subject.ToString());
        RevocationRecord revocation = Check(record.SerialNumber, record.Revocation, reason, invalidityDate, isAuthority);
        CertificateRecord revoked = record with { Revocation = revocation };
        unit.Certificates.Update(revoked);
        unit.Record(reason == RevocationReason.CertificateHold ? AuditAct.CertificateSuspended : AuditAct.CertificateRevoked, record.AuditName, Detail(record.Revocation, reason));
        CrlListing.Put(unit, new CrlEntryRecord(record.AuthorityId, record.SerialNumber, record.NotAfter, revocation, isAuthority));
        return Describe(unit, revoked);
    }

    /// <summary>Makes a suspended certificate valid again: it leaves the CRLs that follow. No key is needed.</summary>
    /// <param name="identity">Which certificate.</param>
    /// <returns>The certificate as it stands now.</returns>
    /// <exception cref="CaCertificateException">It is unknown, ambiguous, or not suspended; nothing has changed.</exception>
    public CaCertificate Resume(CertificateIdentity identity) => _store.Write(unit => Resume(unit, identity));

    internal CaCertificate Resume(StoreUnit unit, CertificateIdentity identity)
    {
        CertificateRecord record = CertificateFinder.Find(unit, identity);
        if (record.Revocation?.Reason != RevocationReason.CertificateHold)
            throw CaCertificateException.NotSuspended(SerialNumbers.ToPrinted(record.SerialNumber), record.Revocation);
        CertificateRecord resumed = record with { Revocation = null };
        unit.Certificates.Update(resumed);
        CrlListing.TakeOff(unit, record.AuthorityId, record.SerialNumber, _clock.GetUtcSecond());
        unit.Record(AuditAct.CertificateResumed, record.AuditName);
        return Describe(unit, resumed);
    }

    /// <summary>
    /// Revokes an authority: the next CRL of its parent names it, and it signs nothing any more. An object, a certificate or a serial number from before a
    /// renewal revokes the former certificate alone.
    /// </summary>
    /// <inheritdoc cref="Revoke(CertificateIdentity, RevocationReason, DateTime?)" path="/param"/>
    /// <exception cref="CaException">It is unknown, ambiguous, a root, or was revoked before; nothing has changed.</exception>
    public void RevokeAuthority(AuthorityIdentity identity, RevocationReason reason, DateTime? invalidityDate) => _store.Write(unit =>
    {
        AuthorityMatch match = AuthorityFinder.FindMatch(unit, identity);
        AuthorityRecord record = match.Authority;
        if (match.IsFormer)
        {
            _ = Revoke(unit, match.Stored ?? throw RevokedElsewhere(record.Name, match.Certificate), reason, invalidityDate);
            return true;
        }

        RevocationRecord revocation = Check(record.SerialNumber, record.Revocation, reason, invalidityDate, isAuthority: true);
        if (record.ParentId is not { } parent)
            throw RevokedElsewhere(record.Name, record.Certificate);
        unit.Authorities.Update(record with { Revocation = revocation });
        unit.Record(AuditAct.AuthorityRevoked, record.Name, Detail(record.Revocation, reason));
        AuthorityCertificates.RevokeEarlier(unit, record, parent, revocation);
        CrlListing.Put(unit, new CrlEntryRecord(parent, record.SerialNumber, record.NotAfter, revocation, IsAuthority: true));
        return true;
    });

    private static CaAuthorityException RevokedElsewhere(string name, byte[] der)
    {
        var certificate = new DecodedCertificate(der);
        return certificate.IsSelfSigned ? AuthorityErrors.RootNotRevocable(name) : AuthorityErrors.IssuerElsewhere(name, certificate.Issuer.ToString());
    }

    private CaCertificate Describe(StoreUnit unit, CertificateRecord record) =>
        new(record, unit.Authorities.FindById(record.AuthorityId)?.Name ?? string.Empty, _store.DatabasePath, unit.StoreId, _clock.GetUtcSecond());

    private static string Detail(RevocationRecord? earlier, RevocationReason reason) => earlier is null ? reason.ToString() : $"{reason}, before: {earlier.Reason}";

    private RevocationRecord Check(string serialNumber, RevocationRecord? earlier, RevocationReason reason, DateTime? invalidityDate, bool isAuthority)
    {
        DateTime now = _clock.GetUtcSecond();
        if (reason == RevocationReason.RemoveFromCrl)
            throw CaCertificateException.ReasonInvalid(reason);
        bool fromHoldToGood = earlier?.Reason == RevocationReason.CertificateHold && reason != RevocationReason.CertificateHold;
        bool raised = earlier is not null && !fromHoldToGood;
        if (raised && !RaisedReason.IsPossible(earlier!.Reason, reason, isAuthority))
            throw CaCertificateException.RevokedBefore(SerialNumbers.ToPrinted(serialNumber), earlier);
        DateTime? invalidity = invalidityDate?.ToStored();
        if (invalidity > now)
            throw CaCertificateException.InvalidityDateInvalid(SerialNumbers.ToPrinted(serialNumber));
        return raised ? RaisedReason.Of(earlier!, reason, invalidity) : new RevocationRecord(now, reason, invalidity);
    }
}

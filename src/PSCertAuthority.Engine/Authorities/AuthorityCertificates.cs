using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>The certificates of authorities beside the present one: those that a renewal replaced, and cross-certificates. They are kept with what their issuer issued.</summary>
internal static class AuthorityCertificates
{
    private const int SearchLimit = 1000;

    public static CertificateRecord ToRecord(int issuerId, byte[] der, DateTime now)
    {
        var certificate = new DecodedCertificate(der);
        return new CertificateRecord
        {
            SerialNumber = certificate.SerialNumber,
            AuthorityId = issuerId,
            Subject = UnicodeText.Repair(certificate.Subject.ToString()),
            CommonName = UnicodeText.Repair(certificate.Subject.CommonName ?? string.Empty),
            Profile = string.Empty,
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            IssuedAt = now,
            Certificate = der,
        };
    }

    /// <summary>Puts a certificate that is about to be stored on its issuer's CRL, as superseded.</summary>
    /// <exception cref="CaAuthorityException"><c>RootNotRevocable</c>: its issuer is itself.</exception>
    public static CertificateRecord Revoke(StoreUnit unit, CertificateRecord record, DateTime now, string name)
    {
        if (new DecodedCertificate(record.Certificate).IsSelfSigned)
            throw AuthorityErrors.RootNotRevocable(name);
        return Revoke(unit, record, new RevocationRecord(now, RevocationReason.Superseded, null));
    }

    /// <summary>Revokes the earlier certificates for an authority's key, which would else go on to vouch for it; where it is compromised, those that were revoked for another reason say so too.</summary>
    public static void RevokeEarlier(StoreUnit unit, AuthorityRecord authority, int issuerId, RevocationRecord revocation)
    {
        var present = new DecodedCertificate(authority.Certificate);
        foreach (CertificateRecord record in EarlierOf(unit, authority.CommonName, present, issuerId).Where(record => record.NotAfter > revocation.RevokedAt).ToList())
        {
            if (record.Revocation is not { } before || before.Reason == RevocationReason.CertificateHold)
                unit.Certificates.Update(Revoke(unit, record, revocation));
            else if (RaisedReason.IsPossible(before.Reason, revocation.Reason, isAuthority: true))
                unit.Certificates.Update(Revoke(unit, record, RaisedReason.Of(before, revocation.Reason, revocation.InvalidityDate)));
        }
    }

    /// <summary>The serial numbers of the earlier certificates for an authority's key, whatever became of them.</summary>
    public static IReadOnlyList<string> EarlierSerialNumbers(StoreUnit unit, AuthorityRecord authority) =>
    [
        .. EarlierOf(unit, authority.CommonName, new DecodedCertificate(authority.Certificate), issuerId: null).Select(record => record.SerialNumber),
        .. authority.FormerCertificates.Select(der => new DecodedCertificate(der).SerialNumber),
    ];

    /// <summary>The authority of the same subject and key, or that awaits a certificate for this key; null for none.</summary>
    public static AuthorityRecord? FindSame(IEnumerable<AuthorityRecord> authorities, DecodedCertificate certificate) => authorities.FirstOrDefault(authority =>
        authority.Request is { } request
            ? CertificateRequestReader.KeyOf(request).Equals(certificate.PublicKey)
            : new DecodedCertificate(authority.Certificate) is var other && other.PublicKey.Equals(certificate.PublicKey) && other.SubjectName.Equivalent(certificate.SubjectName));

    /// <summary>The authorities of that subject, also those that have requested it.</summary>
    public static IEnumerable<AuthorityRecord> OfSubject(StoreUnit unit, X509Name subject) =>
        unit.Authorities.WithPending().Where(authority => KeyFamily.SubjectOf(authority) is { } name && KeyFamily.IsSame(name, subject));

    /// <summary>The authority whose former certificate it is: one of the same subject and key; null for that of anybody else.</summary>
    public static AuthorityRecord? OwnerOf(StoreUnit unit, CertificateRecord record)
    {
        if (!DecodedCertificate.SaysAuthority(record.Certificate))
            return null;
        var former = new DecodedCertificate(record.Certificate);
        return unit.Authorities.All().FirstOrDefault(authority =>
            new DecodedCertificate(authority.Certificate) is var present && present.PublicKey.Equals(former.PublicKey) && present.SubjectName.Equivalent(former.SubjectName));
    }

    private static IEnumerable<CertificateRecord> EarlierOf(StoreUnit unit, string commonName, DecodedCertificate present, int? issuerId) =>
        unit.Certificates.FindByCommonName(commonName, SearchLimit).Where(record =>
            (issuerId is null || record.AuthorityId == issuerId) && new DecodedCertificate(record.Certificate).PublicKey.Equals(present.PublicKey));

    private static CertificateRecord Revoke(StoreUnit unit, CertificateRecord record, RevocationRecord revocation)
    {
        CrlListing.Put(unit, new CrlEntryRecord(record.AuthorityId, record.SerialNumber, record.NotAfter, revocation, IsAuthority: true));
        unit.Record(AuditAct.CertificateRevoked, record.AuditName, revocation.Reason.ToString());
        return record with { Revocation = revocation };
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Notifications;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>Takes over certificates that an authority of the store issued elsewhere.</summary>
internal static class CertificateIntake
{
    public static CertificateRecord ToRecord(ForeignCertificate item, DateTime now)
    {
        DecodedCertificate certificate = item.Certificate!;
        return new CertificateRecord
        {
            SerialNumber = item.SerialNumber,
            AuthorityId = 0,
            Subject = UnicodeText.Repair(certificate.Subject.ToString()),
            CommonName = UnicodeText.Repair(certificate.Subject.CommonName ?? string.Empty),
            Profile = string.Empty,
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            IssuedAt = item.IssuedAt ?? (certificate.NotBefore < now ? certificate.NotBefore : now),
            Watchers = item.Watchers,
            Revocation = item.Revocation,
            Certificate = certificate.Der,
        };
    }

    /// <summary>Stores the certificates in one unit: all of them, or none.</summary>
    public static IReadOnlyList<CertificateRecord> Store(StoreUnit unit, CertificateImportRequest request, IReadOnlyList<DecodedCertificate> certificates, DateTime now)
    {
        RevocationRecord? revocation = ToRevocation(request, now);
        AuthorityRecord? given = request.Authority is null ? null : AuthorityFinder.Find(unit, request.Authority);
        IReadOnlyList<AuthorityRecord> all = unit.Authorities.All();
        var records = new List<CertificateRecord>();
        // A file for a web server holds the chain too; only one that has nothing else is about an authority.
        DecodedCertificate[] issued = [.. certificates.Where(certificate => !certificate.IsAuthority)];
        foreach (DecodedCertificate certificate in issued.Length > 0 ? issued : certificates)
        {
            StorableCertificates.RequireSerialNumber(certificate, request.Source);
            AuthorityRecord issuer = FindIssuer(request.Source, certificate, given, all);
            string printed = SerialNumbers.ToPrinted(certificate.SerialNumber);
            if (all.Any(other => other.Certificate.SequenceEqual(certificate.Der)) || unit.Certificates.Exists(issuer.Id, certificate.SerialNumber))
                throw ImportErrors.CertificateExists(printed, certificate.Subject.ToString());
            if (certificate.IsAuthority)
                throw ImportErrors.IsAuthority(request.Source, certificate.Subject.ToString());
            RevocationRecord? told = new FamilyRevocations(unit, issuer).Take(certificate.SerialNumber, certificate.NotAfter, isAuthority: false);
            var item = new ForeignCertificate
            {
                SerialNumber = certificate.SerialNumber,
                NotAfter = certificate.NotAfter,
                Certificate = certificate,
                // The index of an authority taken over may have told of it before, without the certificate itself.
                Revocation = revocation is null ? told : revocation.After(told),
                Watchers = WatcherList.Of(request.Watchers),
            };
            CertificateRecord record = ToRecord(item, now) with { AuthorityId = issuer.Id, Profile = request.Profile ?? string.Empty };
            if (record.Revocation is not null && record.Revocation != told)
                CrlListing.Put(unit, new CrlEntryRecord(issuer.Id, record.SerialNumber, record.NotAfter, record.Revocation));
            unit.Certificates.InsertMany([record]);
            unit.Record(AuditAct.CertificateImported, record.AuditName, $"of '{issuer.Name}'{(record.Revocation is { } r ? $", revoked ({r.Reason})" : string.Empty)}");
            foreach (string watcher in record.Watchers)
                unit.Record(AuditAct.WatcherAdded, record.AuditName, watcher);
            records.Add(record);
        }

        return records;
    }

    private static AuthorityRecord FindIssuer(string source, DecodedCertificate certificate, AuthorityRecord? given, IReadOnlyList<AuthorityRecord> all)
    {
        if (given is not null)
            return Issued(given, certificate) ? given : throw ImportErrors.IssuerMismatch(source, given.Name);
        return all.FirstOrDefault(candidate => Issued(candidate, certificate)) ?? throw ImportErrors.IssuerUnknown(source, certificate.Issuer.ToString());
    }

    private static bool Issued(AuthorityRecord candidate, DecodedCertificate certificate)
    {
        var issuer = new DecodedCertificate(candidate.Certificate);
        return issuer.SubjectName.Equivalent(certificate.IssuerName) && certificate.IsSignedBy(issuer.PublicKey);
    }

    private static RevocationRecord? ToRevocation(CertificateImportRequest request, DateTime now)
    {
        if (request.RevokedAt is null && request.Reason is null)
            return null;
        DateTime at = request.RevokedAt?.ToStored() ?? now;
        if (at > now)
            throw ImportErrors.RevokedAtInvalid(at.ToDisplayed());
        if (request.Reason == RevocationReason.RemoveFromCrl)
            throw CaCertificateException.ReasonInvalid(RevocationReason.RemoveFromCrl);
        return new RevocationRecord(at, request.Reason ?? RevocationReason.Unspecified, null);
    }
}

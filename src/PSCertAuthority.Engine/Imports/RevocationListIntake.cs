using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Validation;

namespace PSCertAuthority.Imports;

/// <summary>The revocations of a complete CRL that an authority signed elsewhere, and its number; also of certificates that the store never saw.</summary>
internal sealed record RevocationListIntake(string Path, long Number, IReadOnlyList<ForeignCertificate> Revoked)
{
    /// <summary>Reads a CRL and verifies that the authority signed it. An outdated one is taken as well: what it says was revoked, is.</summary>
    /// <exception cref="CaImportException"><c>ImportFileMissing</c>, <c>ImportFileUnreadable</c>, <c>ImportCrlInvalid</c>, <c>ImportCrlMismatch</c> or <c>ImportCrlIsDelta</c>.</exception>
    public static RevocationListIntake Read(string path, DecodedCertificate authority, List<string> warnings)
    {
        CrlDocument crl = CrlDocument.TryRead(ForeignFile.Read(path, "a CRL")) ?? throw ImportErrors.CrlInvalid(path, "it cannot be decoded as a CRL");
        string subject = authority.Subject.ToString();
        if (!crl.IsOf(authority.SubjectName))
            throw ImportErrors.CrlMismatch(path, subject, "it names another issuer");
        if (crl.FindFault(authority, subject, DateTime.MinValue) is { } fault)
            throw ImportErrors.CrlMismatch(path, subject, fault);
        if (crl.BaseNumber is not null)
            throw ImportErrors.CrlIsDelta(path);
        if (crl.IsIndirect)
            throw ImportErrors.CrlInvalid(path, "it is an indirect CRL, which lists certificates of several issuers");
        if (crl.IsPartial)
            warnings.Add($"The CRL '{path}' lists only certificates that were revoked for some reasons. Others may be revoked too.");
        try
        {
            ForeignCertificate[] revoked = [.. crl.Entries.Select(entry => ToCertificate(entry, authority.NotAfter)).OfType<ForeignCertificate>()];
            return new RevocationListIntake(path, NumberOf(crl, path), StorableCertificates.Select(revoked, warnings));
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw ImportErrors.CrlInvalid(path, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Adds what the records of the authority, or of another key with its name, do not say yet; gives the number of revocations that are new.</summary>
    public int Store(StoreUnit unit, AuthorityRecord authority)
    {
        var family = new FamilyRevocations(unit, authority);
        // Every owner takes it, also after the first one did.
        return Revoked.Count(entry => family.OwnersOf(entry.SerialNumber).Select(owner => Store(unit, owner, entry)).ToList().Contains(true));
    }

    /// <summary>Adds it where the record of that key does not say so yet.</summary>
    public static bool Store(StoreUnit unit, int authorityId, ForeignCertificate entry)
    {
        RevocationRecord revocation = entry.Revocation!;
        if (unit.Certificates.Find(authorityId, entry.SerialNumber) is { } certificate)
        {
            if (!IsNews(certificate.Revocation, revocation))
                return false;
            unit.Certificates.Update(certificate with { Revocation = revocation });
            CrlListing.Put(unit, new CrlEntryRecord(authorityId, entry.SerialNumber, certificate.NotAfter, revocation, DecodedCertificate.SaysAuthority(certificate.Certificate)));
            return true;
        }

        if (unit.Authorities.All().FirstOrDefault(child => child.ParentId == authorityId && child.SerialNumber == entry.SerialNumber) is { } authority)
        {
            if (!IsNews(authority.Revocation, revocation))
                return false;
            unit.Authorities.Update(authority with { Revocation = revocation });
            CrlListing.Put(unit, new CrlEntryRecord(authorityId, entry.SerialNumber, authority.NotAfter, revocation, IsAuthority: true));
            return true;
        }

        if (!IsNews(unit.CrlEntries.Find(authorityId, entry.SerialNumber)?.Revocation, revocation))
            return false;
        CrlListing.Put(unit, new CrlEntryRecord(authorityId, entry.SerialNumber, entry.NotAfter, revocation));
        return true;
    }

    /// <summary>What the store knows stays, except that a suspended certificate may have been revoked since.</summary>
    private static bool IsNews(RevocationRecord? known, RevocationRecord revocation) =>
        known is null || (known.Reason == RevocationReason.CertificateHold && revocation.Reason != RevocationReason.CertificateHold);

    /// <summary>How long the certificate is valid the CRL does not say; not longer than its authority.</summary>
    private static ForeignCertificate? ToCertificate(X509CrlEntry entry, DateTime latest)
    {
        int code = entry.GetExtensionParsedValue(X509Extensions.ReasonCode) is { } reason ? DerEnumerated.GetInstance(reason).IntValueExact : 0;
        DateTime? invalidity = entry.GetExtensionParsedValue(X509Extensions.InvalidityDate) is { } date
            ? DateTime.SpecifyKind(Asn1GeneralizedTime.GetInstance(date).ToDateTime(), DateTimeKind.Utc).TruncateToSecond() : null;
        RevocationReason known = Enum.IsDefined(typeof(RevocationReason), code) ? (RevocationReason)code : RevocationReason.Unspecified;
        return known == RevocationReason.RemoveFromCrl ? null : new ForeignCertificate
        {
            SerialNumber = SerialNumbers.ToStored(entry.SerialNumber),
            NotAfter = latest,
            Revocation = new RevocationRecord(entry.RevocationDate.ToUniversalTime().TruncateToSecond(), known, invalidity),
        };
    }

    private static long NumberOf(CrlDocument crl, string path)
    {
        BigInteger number = crl.Number ?? BigInteger.Zero;
        return number.SignValue >= 0 && number.BitLength < 63 ? number.LongValue
            : throw ImportErrors.CrlInvalid(path, $"its CRL number {number} is negative, or so large that no CRLs could be numbered after it");
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Validation;

namespace PSCertAuthority.Imports;

/// <summary>The revocations of a complete CRL that an authority signed elsewhere, and its number; also of certificates that the store never saw.</summary>
internal sealed record RevocationListIntake(string Path, long Number, IReadOnlyList<ForeignCertificate> Revoked)
{
    /// <summary>How far the clocks of two computers may differ.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Reads a CRL and verifies that the authority signed it. An outdated one is taken as well: what it says was revoked, is.</summary>
    /// <exception cref="CaImportException"><c>ImportFileMissing</c>, <c>ImportFileUnreadable</c>, <c>ImportCrlInvalid</c>, <c>ImportCrlMismatch</c> or <c>ImportCrlIsDelta</c>.</exception>
    public static RevocationListIntake Read(string path, DecodedCertificate authority, DateTime now, List<string> warnings)
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
        if (crl.LimitedTo is { } part)
            throw ImportErrors.CrlInvalid(path, $"it is about a part only: {part}");
        if (crl.IsOfAddress)
            warnings.Add($"The CRL '{path}' is about the certificates alone that name its address. Others may be revoked too.");
        if (crl.ThisUpdate > now + ClockTolerance)
            throw ImportErrors.CrlInvalid(path, $"it was made in the future ({crl.ThisUpdate.ToDisplayed():yyyy-MM-dd HH:mm:ss})");
        if (crl.NextUpdate < now)
            warnings.Add($"The CRL '{path}' expired on {crl.NextUpdate.Value.ToDisplayed():yyyy-MM-dd HH:mm:ss}: what was revoked since is not on it. Import the newest one too.");
        try
        {
            ForeignCertificate[] revoked = [.. crl.Entries.Select(entry => ToCertificate(entry, authority.NotAfter, now)).OfType<ForeignCertificate>()];
            return new RevocationListIntake(path, NumberOf(crl, path), StorableCertificates.Select(revoked, warnings));
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw ImportErrors.CrlInvalid(path, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Adds what the records of the authority, or of another key with its name, do not say yet; gives the number of revocations that are new.</summary>
    /// <param name="unit">The unit that it belongs to.</param>
    /// <param name="authority">Whose CRL it is.</param>
    /// <param name="lastNumber">The highest CRL number that is known of the authority: what an older CRL suspends may have been resumed since.</param>
    /// <param name="warnings">Takes what the administrator should hear of.</param>
    public int Store(StoreUnit unit, AuthorityRecord authority, long lastNumber, List<string> warnings)
    {
        var family = new FamilyRevocations(unit, authority);
        var resumed = new HashSet<(int, string)>(KeyFamily.Of(unit, authority).Members.SelectMany(member => unit.CrlResumptions.Entries(member.Id))
            .Where(entry => entry.ResumedAfter >= Number).Select(entry => (entry.AuthorityId, entry.SerialNumber)));
        ForeignCertificate[] outdated =
        [
            .. Revoked.Where(entry => IsHold(entry) && family.OwnersOf(entry.SerialNumber).All(owner =>
                (Number < lastNumber || resumed.Contains((owner, entry.SerialNumber))) && unit.CrlEntries.Find(owner, entry.SerialNumber) is null)),
        ];
        if (outdated.Length > 0)
        {
            warnings.Add($"The CRL '{Path}' (number {Number}) suspends {outdated.Length} certificates that newer CRLs (up to number {lastNumber}) do not suspend. "
                + "They were passed over. Suspend them here where they should be.");
        }

        return Revoked.Except(outdated).Count(entry => Take(unit, family.OwnersOf(entry.SerialNumber), entry));
    }

    private static bool Take(StoreUnit unit, IReadOnlyList<int> owners, ForeignCertificate entry)
    {
        bool isNew = false;
        foreach (int owner in owners)
            isNew |= RevocationIntake.Take(unit, new CrlEntryRecord(owner, entry.SerialNumber, entry.NotAfter, entry.Revocation!));
        return isNew;
    }

    private static bool IsHold(ForeignCertificate entry) => entry.Revocation!.Reason == RevocationReason.CertificateHold;

    /// <summary>How long the certificate is valid the CRL does not say; not longer than its authority.</summary>
    private static ForeignCertificate? ToCertificate(X509CrlEntry entry, DateTime latest, DateTime now)
    {
        int code = entry.GetExtensionParsedValue(X509Extensions.ReasonCode) is { } reason ? DerEnumerated.GetInstance(reason).IntValueExact : 0;
        DateTime? invalidity = entry.GetExtensionParsedValue(X509Extensions.InvalidityDate) is { } date
            ? DateTime.SpecifyKind(Asn1GeneralizedTime.GetInstance(date).ToDateTime(), DateTimeKind.Utc).TruncateToSecond() : null;
        RevocationReason known = Enum.IsDefined(typeof(RevocationReason), code) ? (RevocationReason)code : RevocationReason.Unspecified;
        DateTime at = entry.RevocationDate.ToUniversalTime().TruncateToSecond();
        return known == RevocationReason.RemoveFromCrl ? null : new ForeignCertificate
        {
            SerialNumber = SerialNumbers.ToStored(entry.SerialNumber),
            NotAfter = latest,
            Revocation = new RevocationRecord(at < now ? at : now, known, invalidity),
        };
    }

    private static long NumberOf(CrlDocument crl, string path)
    {
        BigInteger number = crl.Number ?? BigInteger.Zero;
        return number.SignValue >= 0 && number.BitLength < 63 ? number.LongValue
            : throw ImportErrors.CrlInvalid(path, $"its CRL number {number} is negative, or so large that no CRLs could be numbered after it");
    }
}

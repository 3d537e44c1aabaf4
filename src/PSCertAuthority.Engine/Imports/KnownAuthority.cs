using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>
/// Takes a certificate whose key an authority of the store has: the answer to the request of a pending authority, a renewal, or one more certificate.
/// There is never a second authority of one subject and key, which would count its CRLs anew.
/// </summary>
internal sealed class KnownAuthority(AuthorityIntake intake, CaStore store, StoreUnit unit, AuthorityRecord known, List<string> warnings)
{
    private DecodedCertificate Certificate => intake.Certificate;

    public AuthorityRecord Take()
    {
        if (intake.Request.Name is { } name && !string.Equals(name, known.Name, StringComparison.OrdinalIgnoreCase))
            warnings.Add($"The authority '{known.Name}' has this key and keeps its name. Set-CaAuthority '{known.Name}' -NewName renames it.");
        if (known.IsPending)
            return Complete();
        bool isStored = IsStored();
        var present = new PresentCertificate(unit, known, intake);
        string? reason = known.Certificate.SequenceEqual(Certificate.Der) ? "present" : present.WhyNotReplacedBy(Certificate);
        if (isStored && reason is not null && !intake.HasRevocationLists && !AddsKey && !RaisesNumber)
            throw ImportErrors.AuthorityExists(known.Subject, known.Name);
        if (reason is null && !present.HasSameEncoding(Certificate))
            warnings.Add($"The certificate {SerialNumbers.ToPrinted(Certificate.SerialNumber)} of '{known.Name}' {present.OtherEncoding}.");
        bool addsKey = AddsKey;
        AuthorityRecord taken = reason is null ? Renew() : isStored ? Raise() : Keep(reason);
        if (addsKey)
        {
            taken = KeyFiles.Claim(unit, taken with { KeyIsElsewhere = false }, isStaged: true, intake.Passwords);
            intake.StageKey(store, unit, taken);
        }

        unit.Authorities.Update(taken);
        return taken;
    }

    private bool RaisesNumber => intake.Request.LastCrlNumber > known.LastCrlNumber;

    private AuthorityRecord Raise()
    {
        if (RaisesNumber)
            unit.Record(AuditAct.AuthorityChanged, known.Name, $"CRL numbers go on after {intake.Record.LastCrlNumber}");
        return Counted(known);
    }

    private bool AddsKey => intake.KeyFile is not null && !KeyFiles.HasKey(unit, known);

    private AuthorityRecord Complete()
    {
        if (!CertificateRequestReader.SubjectOf(known.Request!).Equivalent(Certificate.SubjectName))
            warnings.Add($"The issuer of '{known.Name}' has changed the subject: {known.Subject} was requested, the certificate says {Certificate.Subject}.");
        AuthorityRecord? predecessor = known.SucceedsId is { } id && unit.Authorities.FindById(id) is { ReplacedById: null } found ? found : null;
        if (predecessor?.NotAfter > intake.Now && (Certificate.NotBefore > intake.Now || Certificate.NotAfter <= intake.Now))
            throw ImportErrors.CertificateNotValid(predecessor.Name, Certificate.NotBefore, Certificate.NotAfter);
        // The issuer may have given it a subject that others have or had, with CRL numbers of their own.
        AuthorityRecord completed = KeyFamily.Join(unit, WithCertificate(known with { Request = null, SucceedsId = null }));
        if (predecessor is not null)
            completed = Succeed(completed, predecessor);
        unit.Authorities.Update(completed);
        unit.Record(AuditAct.AuthorityImported, completed.Name, $"{SerialNumbers.ToPrinted(completed.SerialNumber)} {completed.Subject}: the certificate that it awaited");
        return completed;
    }

    private AuthorityRecord Succeed(AuthorityRecord completed, AuthorityRecord predecessor)
    {
        AuthorityRecord named = predecessor with { FileName = predecessor.FileName ?? predecessor.Name };
        (string fileName, int keyNumber) = KeyFileNames.Next(unit, named);
        AuthorityRecord successor = completed with { Name = predecessor.Name, FileName = fileName, KeyNumber = keyNumber };
        // What was given with -CrlUrl and so on when the request was made stays; what is the old key's gets an address of its own.
        AuthorityRecord addressed = SuccessorUrl.Change(named, successor);
        successor = successor with
        {
            LastCrlNumber = Math.Max(completed.LastCrlNumber, KeyFamily.Of(unit, named).LastCrlNumber),
            CrlUrls = completed.CrlUrls.SequenceEqual(named.CrlUrls) ? addressed.CrlUrls : completed.CrlUrls,
            DeltaCrlUrls = completed.DeltaCrlUrls.SequenceEqual(named.DeltaCrlUrls) ? addressed.DeltaCrlUrls : completed.DeltaCrlUrls,
            IssuerUrls = completed.IssuerUrls.SequenceEqual(named.IssuerUrls) ? addressed.IssuerUrls : completed.IssuerUrls,
            OcspUrls = completed.OcspUrls.SequenceEqual(named.OcspUrls) ? addressed.OcspUrls : completed.OcspUrls,
        };
        string previousName = AuthorityName.Free(unit, predecessor.Name);
        if (KeyFamily.IsSame(new DecodedCertificate(predecessor.Certificate).SubjectName, Certificate.SubjectName) && !new PresentCertificate(unit, predecessor, intake).HasSameEncoding(Certificate))
        {
            warnings.Add($"The new certificate of '{predecessor.Name}' encodes its subject differently from that of the old key: GnuTLS and NSS compare names byte for byte and look for what "
                + $"the old key issued in the CRLs of '{previousName}' alone. Go on to publish these.");
        }

        unit.Authorities.Update(named with { Name = previousName, ReplacedById = completed.Id });
        warnings.AddRange(SuccessionWarnings.Of(named, previousName, successor));
        unit.Record(AuditAct.AuthorityRenewed, predecessor.Name,
            $"{SerialNumbers.ToPrinted(predecessor.SerialNumber)} by {SerialNumbers.ToPrinted(completed.SerialNumber)}, with a new key; the old one goes on as '{previousName}'");
        return successor;
    }

    private AuthorityRecord Renew()
    {
        if (known.Revocation is not null)
            throw AuthorityErrors.Revoked(known.Name);
        AuthorityRecord renewed = AddFormer(WithCertificate(known), known.Certificate);
        // Where it was kept beside the present one until now.
        renewed = renewed with { FormerCertificates = [.. renewed.FormerCertificates.Where(der => !der.SequenceEqual(Certificate.Der))] };
        if (Certificate.IsSelfSigned)
            unit.Certificates.Remove(known.Id, Certificate.SerialNumber);
        unit.Record(AuditAct.AuthorityRenewed, known.Name,
            $"{SerialNumbers.ToPrinted(known.SerialNumber)} by {SerialNumbers.ToPrinted(renewed.SerialNumber)}, with the same key, issued by {Certificate.Issuer}");
        return renewed;
    }

    private AuthorityRecord Keep(string reason)
    {
        warnings.Add($"The certificate {SerialNumbers.ToPrinted(Certificate.SerialNumber)} of '{known.Name}' {reason}. It was stored beside the present one, which goes on to be used.");
        unit.Record(AuditAct.AuthorityImported, known.Name, $"{SerialNumbers.ToPrinted(Certificate.SerialNumber)} {Certificate.Subject}: one more certificate of it");
        return AddFormer(Counted(known), Certificate.Der);
    }

    private AuthorityRecord WithCertificate(AuthorityRecord record)
    {
        AuthorityRecord? parent = intake.FindParent(unit, record.Name, warnings);
        return AuthorityService.Apply(Counted(record), intake.Request.Urls) with
        {
            SerialNumber = Certificate.SerialNumber,
            ParentId = parent?.Id,
            Subject = Certificate.Subject.ToString(),
            CommonName = Certificate.Subject.CommonName ?? string.Empty,
            NotBefore = Certificate.NotBefore,
            NotAfter = Certificate.NotAfter,
            Certificate = Certificate.Der,
            Revocation = parent is null ? null : intake.TakeRevocation(unit, parent),
        };
    }

    /// <summary>A CRL number that was given out is never given out again.</summary>
    private AuthorityRecord Counted(AuthorityRecord record) => record with { LastCrlNumber = Math.Max(record.LastCrlNumber, intake.Record.LastCrlNumber) };

    private AuthorityRecord AddFormer(AuthorityRecord record, byte[] der)
    {
        var former = new DecodedCertificate(der);
        AuthorityRecord? issuer = former.IsSelfSigned ? record : unit.Authorities.All().FirstOrDefault(other => AuthorityIntake.IsIssuer(other, former));
        if (issuer is not { Id: var id })
            return record with { FormerCertificates = [.. record.FormerCertificates, der] };
        if (!unit.Certificates.Exists(id, former.SerialNumber))
        {
            unit.Certificates.InsertMany(
            [
                AuthorityCertificates.ToRecord(id, der, intake.Now) with
                {
                    ReplacedBy = CertificateDocument.Key(record.ParentId ?? record.Id, record.SerialNumber),
                    Revocation = new FamilyRevocations(unit, issuer).Take(former.SerialNumber, former.NotAfter, isAuthority: true),
                },
            ]);
        }

        return record;
    }

    private bool IsStored() => known.Certificate.SequenceEqual(Certificate.Der) || known.FormerCertificates.Any(der => der.SequenceEqual(Certificate.Der))
        || (AuthorityCertificates.EarlierSerialNumbers(unit, known).Contains(Certificate.SerialNumber)
            && unit.Authorities.All().Any(issuer => unit.Certificates.Find(issuer.Id, Certificate.SerialNumber)?.Certificate.SequenceEqual(Certificate.Der) == true));
}

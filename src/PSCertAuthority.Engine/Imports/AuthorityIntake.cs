using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>From an authority found elsewhere to what is stored of it: checked, its certificates verified on all cores.</summary>
internal sealed record AuthorityIntake(AuthorityRecord Record, DecodedCertificate Certificate, byte[]? KeyFile, IReadOnlyList<CertificateRecord> Certificates, IReadOnlyList<CrlEntryRecord> Entries)
{
    /// <summary>Checks and verifies.</summary>
    /// <exception cref="CaException">It is no authority, its key is too weak, or its signature is not its own.</exception>
    public static AuthorityIntake Prepare(ForeignAuthority foreign, AuthorityImportRequest request, CaSettings settings, DateTime now, List<string> warnings)
    {
        DecodedCertificate certificate = foreign.Certificate;
        StorableCertificates.RequireSerialNumber(certificate, $"'{foreign.Source}'");
        foreign = foreign with { Certificates = StorableCertificates.Select(foreign.Certificates, warnings) };
        string subject = certificate.Subject.ToString();
        const int keyCertSign = Org.BouncyCastle.Asn1.X509.KeyUsage.KeyCertSign;
        if (!certificate.IsAuthority || (certificate.KeyUsage & keyCertSign) == 0)
            throw ImportErrors.NoAuthority(foreign.Source, subject);
        KeySpecification key = certificate.Key;
        if (certificate.NamesItselfAsIssuer && !certificate.IsSelfSigned)
            throw ImportErrors.SelfSignatureInvalid(foreign.Source, subject);
        AuthorityRecord record = ToRecord(foreign, request, settings, now) with { DigestAlgorithm = DigestNames.NameFor(key, key.Type == KeyType.RSA ? settings.Digest : key.DefaultDigest) };
        warnings.AddRange(foreign.Warnings);
        if (record.NotAfter <= now)
            warnings.Add($"The authority '{record.Name}' has ended: it signs nothing, but what it issued can be listed.");
        if (record.NotBefore > now)
            warnings.Add($"The authority '{record.Name}' is not valid yet: it signs nothing before {record.NotBefore.ToDisplayed():yyyy-MM-dd HH:mm:ss}.");
        CertificateRecord?[] certificates = Verify(foreign, now, warnings);
        return new AuthorityIntake(
            record,
            certificate,
            foreign.Key is null ? null : PrivateKeyFile.Encode(foreign.Key, request.NewPassword ?? request.Password),
            [.. certificates.OfType<CertificateRecord>()],
            // Also what has ended: whether it was on a CRL past its end (RFC 5280, section 3.3) nobody can tell; after our next one it has been.
            [.. foreign.Certificates.Where(c => c.Revocation is not null).Select(c => new CrlEntryRecord(0, c.SerialNumber, c.NotAfter, c.Revocation!, c.Certificate?.IsAuthority ?? false))]);
    }

    /// <summary>Puts it into the store: below its issuer, above those it issued.</summary>
    /// <exception cref="CaException">The store has it already, or its name is taken.</exception>
    public AuthorityRecord Store(CaStore store, StoreUnit unit, List<string> warnings)
    {
        IReadOnlyList<AuthorityRecord> all = unit.Authorities.All();
        if (all.FirstOrDefault(other => other.Certificate.SequenceEqual(Record.Certificate)) is { } same)
            throw ImportErrors.AuthorityExists(Record.Subject, same.Name);
        AuthorityRecord? parent = Certificate.IsSelfSigned ? null : all.FirstOrDefault(other => IsIssuer(other, Certificate));
        if (parent is null && !Certificate.IsSelfSigned)
            warnings.Add($"The issuer of '{Record.Name}' ({Certificate.Issuer}) is not in this store. Import it too, so that chains are whole.");
        AuthorityRecord inserted = unit.Authorities.Insert(KeyFamily.Join(unit, Record with { ParentId = parent?.Id, Revocation = parent is null ? null : TakeRevocation(unit, parent.Id) }));
        if (KeyFile is not null && Path.GetDirectoryName(Record.KeyFile) is { Length: > 0 } directory)
            AuthorityService.MakeKeyDirectory(directory);
        if (KeyFile is not null)
            unit.StageFile(AuthorityFinder.KeyPathOf(store, inserted), KeyFile, overwrite: false);
        AuthorityRecord[] children = [.. all.Where(other => other.ParentId is null && IsChild(other))];
        // Two authorities may have signed each other; a chain has an end all the same.
        if (parent is not null)
            children = [.. children.Where(child => AuthorityFinder.Chain(unit, parent).All(above => above.Id != child.Id))];
        foreach (AuthorityRecord child in children)
            Adopt(unit, child, inserted.Id);
        var known = new HashSet<string>(children.Select(child => child.SerialNumber), StringComparer.Ordinal);
        unit.Certificates.InsertMany([.. Certificates.Where(c => !known.Contains(c.SerialNumber)).Select(c => c with { AuthorityId = inserted.Id })]);
        unit.CrlEntries.AddMany(Entries.Select(entry => entry with { AuthorityId = inserted.Id, AddedAfter = inserted.LastCrlNumber }));
        int revoked = Certificates.Count(c => c.Revocation is not null);
        unit.Record(AuditAct.AuthorityImported, inserted.Name,
            $"{SerialNumbers.ToPrinted(inserted.SerialNumber)} {inserted.Subject}, {(KeyFile is null ? "without" : "with")} its key, with {Certificates.Count} certificates, {revoked} of them revoked");
        return inserted;
    }

    private static AuthorityRecord ToRecord(ForeignAuthority foreign, AuthorityImportRequest request, CaSettings settings, DateTime now)
    {
        DecodedCertificate certificate = foreign.Certificate;
        string name = request.Name ?? foreign.Name ?? certificate.Subject.CommonName ?? SerialNumbers.ToPrinted(certificate.SerialNumber);
        AuthorityName.Require(name);
        var record = new AuthorityRecord
        {
            Name = name,
            SerialNumber = certificate.SerialNumber,
            Subject = UnicodeText.Repair(certificate.Subject.ToString()),
            CommonName = UnicodeText.Repair(certificate.Subject.CommonName ?? string.Empty),
            Enabled = foreign.Enabled,
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            CreatedAt = now,
            Certificate = certificate.Der,
            KeyFile = Path.Combine(settings.KeyDirectory ?? string.Empty, KeyFileName(certificate)),
            DigestAlgorithm = string.Empty,
            LastCrlNumber = request.LastCrlNumber ?? foreign.LastCrlNumber,
        };
        return AuthorityService.Apply(AuthorityService.Apply(record, foreign.Urls), request.Urls);
    }

    /// <summary>Named after the serial number; where that is short, others may have the same, and the fingerprint tells them apart.</summary>
    private static string KeyFileName(DecodedCertificate certificate)
    {
        const int digits = 16;
        return certificate.SerialNumber.Length >= digits
            ? certificate.SerialNumber + ".key"
            : $"{certificate.SerialNumber}-{Fingerprints.Sha256(certificate.Der).Replace(":", string.Empty).Substring(0, digits)}.key";
    }

    private static CertificateRecord?[] Verify(ForeignAuthority foreign, DateTime now, List<string> warnings)
    {
        var records = new CertificateRecord?[foreign.Certificates.Count];
        Parallel.For(0, records.Length, i =>
        {
            ForeignCertificate item = foreign.Certificates[i];
            if (item.Certificate is { } certificate && certificate.IsSignedBy(foreign.Certificate.PublicKey))
                records[i] = CertificateIntake.ToRecord(item, now);
        });
        for (int i = 0; i < records.Length; i++)
        {
            ForeignCertificate item = foreign.Certificates[i];
            bool isItself = item.SerialNumber == foreign.Certificate.SerialNumber && foreign.Certificate.IsSelfSigned;
            if (isItself)
                records[i] = null;
            else if (records[i] is null && item.Certificate is not null)
                warnings.Add($"The certificate {SerialNumbers.ToPrinted(item.SerialNumber)} ({item.Certificate.Subject}) is not signed by this authority's key; it was not imported.");
        }

        return records;
    }

    private static bool IsIssuer(AuthorityRecord candidate, DecodedCertificate certificate)
    {
        var issuer = new DecodedCertificate(candidate.Certificate);
        return issuer.SubjectName.Equivalent(certificate.IssuerName) && certificate.IsSignedBy(issuer.PublicKey);
    }

    private bool IsChild(AuthorityRecord candidate)
    {
        var child = new DecodedCertificate(candidate.Certificate);
        return !child.IsSelfSigned && child.IssuerName.Equivalent(Certificate.SubjectName) && child.IsSignedBy(Certificate.PublicKey);
    }

    /// <summary>The issuer may know the certificate as one that it issued, perhaps revoked; from now on it is an authority.</summary>
    private RevocationRecord? TakeRevocation(StoreUnit unit, int parent)
    {
        RevocationRecord? revocation = unit.Certificates.Find(parent, Record.SerialNumber)?.Revocation ?? unit.CrlEntries.Find(parent, Record.SerialNumber)?.Revocation;
        unit.Certificates.Remove(parent, Record.SerialNumber);
        return revocation;
    }

    private void Adopt(StoreUnit unit, AuthorityRecord child, int parent)
    {
        RevocationRecord? revocation = Entries.FirstOrDefault(entry => entry.SerialNumber == child.SerialNumber)?.Revocation;
        unit.Authorities.Update(child with { ParentId = parent, Revocation = revocation ?? child.Revocation });
    }
}

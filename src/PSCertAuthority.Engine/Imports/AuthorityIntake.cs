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
internal sealed record AuthorityIntake(
    AuthorityRecord Record, DecodedCertificate Certificate, byte[]? KeyFile, IReadOnlyList<CertificateRecord> Certificates, IReadOnlyList<CrlEntryRecord> Entries)
{
    /// <summary>What was asked for.</summary>
    public required AuthorityImportRequest Request { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>The CRLs that it signed elsewhere.</summary>
    public IReadOnlyList<RevocationListIntake> RevocationLists { get; init; } = [];

    /// <summary>Whether there are any.</summary>
    public bool HasRevocationLists => RevocationLists.Count > 0;

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
        RevocationListIntake[] lists = [.. request.CrlPaths.Select(path => RevocationListIntake.Read(path, certificate, now, warnings))];
        AuthorityRecord record = ToRecord(foreign, request, settings, now) with { DigestAlgorithm = DigestNames.NameFor(key, key.Type == KeyType.RSA ? settings.Digest : key.DefaultDigest) };
        record = record with { LastCrlNumber = Math.Max(record.LastCrlNumber, lists.Select(list => list.Number).DefaultIfEmpty(0).Max()) };
        warnings.AddRange(foreign.Warnings);
        if (CertifiableKey.FindWeakness(certificate.PublicKey) is { } weakness)
            warnings.Add($"The authority '{record.Name}' has a weak key: {weakness}. It is not renewed with this key: Update-CaAuthority -NewKey replaces it.");
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
            [.. foreign.Certificates.Where(c => c.Revocation is not null).Select(c => new CrlEntryRecord(0, c.SerialNumber, c.NotAfter, c.Revocation!, c.Certificate?.IsAuthority ?? false))])
        {
            Request = request,
            Now = now,
            RevocationLists = lists,
        };
    }

    /// <summary>Puts it into the store: below its issuer, above those it issued. Where an authority has its key already, it is that authority.</summary>
    /// <exception cref="CaException">The store has it already, or its name is taken.</exception>
    public AuthorityRecord Store(CaStore store, StoreUnit unit, List<string> warnings)
    {
        AuthorityRecord? known = AuthorityCertificates.FindSame(unit.Authorities.WithPending(), Certificate);
        KnownCertificateCheck? check = known is null ? null : new KnownCertificateCheck(unit, known, Certificate);
        check?.Require((Request.Source as FileSource)?.Path ?? Record.Name, Now);
        long lastCrlNumber = Math.Max(known?.LastCrlNumber ?? 0, RevocationLists.Select(list => list.Number).DefaultIfEmpty(0).Max());
        AuthorityRecord stored = known is null ? Insert(store, unit, warnings) : new KnownAuthority(this, store, unit, known, warnings).Take();
        if (check is not null && !known!.Certificate.SequenceEqual(stored.Certificate))
            warnings.AddRange(check.Differences());
        AdoptChildren(unit, stored);
        var family = new FamilyRevocations(unit, stored);
        CertificateRecord[] certificates =
        [
            .. Certificates.Where(c => !IsKnown(unit, stored, c.SerialNumber)).Select(c => c with { AuthorityId = stored.Id, Revocation = Merged(family, c) }),
        ];
        unit.Certificates.InsertMany(certificates);
        StoreEntries(unit, stored, family, isNew: known is null);
        MoveFormer(unit, stored);
        if (known is null)
            RecordImport(unit, stored, certificates);
        foreach (RevocationListIntake list in RevocationLists)
            unit.Record(AuditAct.AuthorityImported, stored.Name, $"{list.Store(unit, stored, lastCrlNumber, warnings)} revocations from CRL number {list.Number} in '{Path.GetFileName(list.Path)}'");
        return stored;
    }

    private static RevocationRecord? Merged(FamilyRevocations family, CertificateRecord certificate)
    {
        RevocationRecord? told = family.Take(certificate.SerialNumber, certificate.NotAfter, DecodedCertificate.SaysAuthority(certificate.Certificate));
        return certificate.Revocation is { } own ? own.After(told) : told;
    }

    private void StoreEntries(StoreUnit unit, AuthorityRecord stored, FamilyRevocations family, bool isNew)
    {
        ILookup<bool, CrlEntryRecord> entries = Entries.ToLookup(entry => family.OwnersOf(entry.SerialNumber)[0] == stored.Id);
        ILookup<bool, CrlEntryRecord> own = entries[true].ToLookup(entry => isNew && unit.CrlEntries.Find(stored.Id, entry.SerialNumber) is null);
        unit.CrlEntries.AddMany(own[true].Select(entry => entry with { AuthorityId = stored.Id, AddedAfter = stored.LastCrlNumber }));
        foreach (CrlEntryRecord entry in own[false])
            RevocationIntake.Take(unit, entry with { AuthorityId = stored.Id });
        // The index of an authority goes on when its key does not: it tells of what other keys of its name issued, too.
        foreach (CrlEntryRecord entry in entries[false])
        {
            foreach (int owner in family.OwnersOf(entry.SerialNumber))
                RevocationIntake.Take(unit, entry with { AuthorityId = owner });
        }
    }

    /// <summary>A name that nobody chose must not take over what the common name of another authority has meant until now.</summary>
    private void RequireOwnName(StoreUnit unit)
    {
        bool isChosen = Request.Name is not null || Request.Source is DjangoCaSource;
        if (!isChosen && unit.Authorities.WithPending().FirstOrDefault(other => Same(other.CommonName, Record.Name) && !Same(other.Name, Record.Name)) is { } owner)
            throw ImportErrors.NameAmbiguous(Record.Name, owner.Name);

        static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What may open a key file that is there already.</summary>
    public IReadOnlyList<System.Security.SecureString?> Passwords => [null, Request.NewPassword, Request.Password];

    private AuthorityRecord Insert(CaStore store, StoreUnit unit, List<string> warnings)
    {
        if (unit.Authorities.All().FirstOrDefault(other => new DecodedCertificate(other.Certificate).PublicKey.Equals(Certificate.PublicKey)) is { } sameKey)
            warnings.Add($"The authority '{sameKey.Name}' has the same key under another subject ({sameKey.Subject}).");
        WarnOfNamesakes(unit, warnings);
        RequireOwnName(unit);
        warnings.AddRange(AuthorityName.Check(unit, Record.Name, id: 0));
        AuthorityRecord? parent = FindParent(unit, Record.Name, warnings);
        AuthorityRecord claimed = KeyFiles.Claim(unit, Record, KeyFile is not null, Passwords);
        AuthorityRecord inserted = unit.Authorities.Insert(KeyFamily.Join(unit, claimed with { ParentId = parent?.Id, Revocation = parent is null ? null : TakeRevocation(unit, parent) }));
        StageKey(store, unit, inserted);
        return inserted;
    }

    private void WarnOfNamesakes(StoreUnit unit, List<string> warnings)
    {
        foreach (AuthorityRecord other in AuthorityCertificates.OfSubject(unit, Certificate.SubjectName))
        {
            if (other.IsPending && (Request.Name is null || string.Equals(other.Name, Record.Name, StringComparison.OrdinalIgnoreCase)))
                throw ImportErrors.PendingKeyMismatch(other.Name, (Request.Source as FileSource)?.Path ?? Record.Name);
            warnings.Add(other.IsPending
                ? $"The pending authority '{other.Name}' awaits a certificate for the subject {Record.Subject}, but this one is for another key. It goes on to wait."
                : SuccessionWarnings.Namesake(other.Name, Record.Subject)
                    + (KeyFile is null ? " Who has that key can sign CRLs under this name that do not list what is revoked here." : string.Empty));
        }
    }

    /// <summary>Who signed its certificate; null for a root, and with a warning where that is not in the store.</summary>
    public AuthorityRecord? FindParent(StoreUnit unit, string name, List<string> warnings)
    {
        if (Certificate.IsSelfSigned)
            return null;
        AuthorityRecord? parent = unit.Authorities.All().FirstOrDefault(other => IsIssuer(other, Certificate));
        if (parent is null)
            warnings.Add($"The issuer of '{name}' ({Certificate.Issuer}) is not in this store. Import it too, so that chains are whole.");
        return parent;
    }

    /// <summary>Has the key file come into place together with the record.</summary>
    public void StageKey(CaStore store, StoreUnit unit, AuthorityRecord authority)
    {
        if (KeyFile is null)
            return;
        if (Path.GetDirectoryName(authority.KeyFile) is { Length: > 0 } directory)
            AuthorityService.MakeKeyDirectory(directory);
        // What is there under the name that it claimed is its very key, perhaps under another password.
        unit.StageFile(AuthorityFinder.KeyPathOf(store, authority), KeyFile, overwrite: true);
    }

    private void AdoptChildren(StoreUnit unit, AuthorityRecord stored)
    {
        AuthorityRecord[] children = [.. unit.Authorities.All().Where(other => other.Id != stored.Id && other.ParentId is null && IsChild(other.Certificate))];
        // Two authorities may have signed each other; a chain has an end all the same.
        foreach (AuthorityRecord child in children.Where(child => AuthorityFinder.Chain(unit, stored).All(above => above.Id != child.Id)))
            Adopt(unit, child, stored);
    }

    /// <summary>Whether it is an authority of its own, or stored before.</summary>
    private static bool IsKnown(StoreUnit unit, AuthorityRecord stored, string serialNumber) =>
        unit.Certificates.Exists(stored.Id, serialNumber) || unit.Authorities.All().Any(child => child.ParentId == stored.Id && child.SerialNumber == serialNumber);

    /// <summary>Certificates that it issued to other authorities, which these have kept, are with what it issued from now on.</summary>
    private void MoveFormer(StoreUnit unit, AuthorityRecord stored)
    {
        foreach (AuthorityRecord other in unit.Authorities.All().Where(other => other.FormerCertificates.Any(IsChild)))
        {
            byte[][] own = [.. other.FormerCertificates.Where(IsChild)];
            unit.Certificates.InsertMany(
            [
                .. own.Select(der => AuthorityCertificates.ToRecord(stored.Id, der, Now)).Where(record => !unit.Certificates.Exists(stored.Id, record.SerialNumber))
                    .Select(record => record with { Revocation = new FamilyRevocations(unit, stored).Take(record.SerialNumber, record.NotAfter, isAuthority: true) }),
            ]);
            unit.Authorities.Update(other with { FormerCertificates = [.. other.FormerCertificates.Except(own)] });
        }
    }

    private void RecordImport(StoreUnit unit, AuthorityRecord stored, IReadOnlyList<CertificateRecord> certificates) => unit.Record(
        AuditAct.AuthorityImported,
        stored.Name,
        $"{SerialNumbers.ToPrinted(stored.SerialNumber)} {stored.Subject}, {(KeyFile is null ? "without" : "with")} its key, with {certificates.Count} certificates, {certificates.Count(c => c.Revocation is not null)} of them revoked");

    private static AuthorityRecord ToRecord(ForeignAuthority foreign, AuthorityImportRequest request, CaSettings settings, DateTime now)
    {
        DecodedCertificate certificate = foreign.Certificate;
        string name = request.Name ?? foreign.Name ?? AuthorityName.Of(certificate.Subject.CommonName) ?? SerialNumbers.ToPrinted(certificate.SerialNumber);
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
            KeyFile = Path.Combine(settings.KeyDirectory ?? string.Empty, certificate.SerialNumber + ".key"),
            KeyIsElsewhere = foreign.Key is null,
            DigestAlgorithm = string.Empty,
            LastCrlNumber = request.LastCrlNumber ?? foreign.LastCrlNumber,
        };
        return AuthorityService.Apply(AuthorityService.Apply(record, foreign.Urls), request.Urls);
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

    public static bool IsIssuer(AuthorityRecord candidate, DecodedCertificate certificate)
    {
        var issuer = new DecodedCertificate(candidate.Certificate);
        return issuer.SubjectName.Equivalent(certificate.IssuerName) && certificate.IsSignedBy(issuer.PublicKey);
    }

    private bool IsChild(byte[] der)
    {
        var child = new DecodedCertificate(der);
        return !child.IsSelfSigned && child.IssuerName.Equivalent(Certificate.SubjectName) && child.IsSignedBy(Certificate.PublicKey);
    }

    /// <summary>The issuer may know the certificate as one that it issued, perhaps revoked; from now on it is an authority.</summary>
    public RevocationRecord? TakeRevocation(StoreUnit unit, AuthorityRecord parent)
    {
        RevocationRecord? revocation = unit.Certificates.Find(parent.Id, Record.SerialNumber)?.Revocation
            ?? new FamilyRevocations(unit, parent).Take(Record.SerialNumber, Record.NotAfter, isAuthority: true);
        unit.Certificates.Remove(parent.Id, Record.SerialNumber);
        return revocation;
    }

    private void Adopt(StoreUnit unit, AuthorityRecord child, AuthorityRecord parent)
    {
        RevocationRecord? revocation = Entries.FirstOrDefault(entry => entry.SerialNumber == child.SerialNumber)?.Revocation
            ?? new FamilyRevocations(unit, parent).Take(child.SerialNumber, child.NotAfter, isAuthority: true);
        unit.Authorities.Update(child with { ParentId = parent.Id, Revocation = revocation ?? child.Revocation });
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>Renews authorities, with the same key or a new one.</summary>
internal sealed class AuthorityRenewalService(CaStore store, TimeProvider clock)
{
    private readonly IssuingAuthorityReader _reader = new(store, clock);

    /// <summary>Renews and stores; gives the number of the record that carries the name.</summary>
    public int Renew(AuthorityRenewalRequest request, List<string> warnings)
    {
        (AuthorityRecord record, AuthorityRecord? parentRecord, (string FileName, int KeyNumber) next) = store.Read(unit =>
        {
            (AuthorityRecord found, AuthorityRecord? above) = FindRenewable(unit, request);
            return (found, above, KeyFileNames.Next(unit, found));
        });
        using IssuingAuthority? parent = parentRecord is null
            ? null
            : _reader.Open(new AuthorityIdentity(parentRecord), request.ParentPassword);
        var renewal = new AuthorityRenewal(request, record, parent, clock.GetUtcSecond(), warnings);
        if (parent is null && !renewal.Present.IsSelfSigned)
            throw AuthorityErrors.IssuerElsewhere(record.Name, renewal.Present.Issuer.ToString());
        renewal.CheckBeforeKey();
        _ = AuthorityService.Apply(record, request.Urls);
        if (request.PreviousName is { } previous)
            AuthorityName.Require(previous);
        return request.Key == AuthorityKey.Keep ? KeepKey(request, record, renewal, parent) : ReplaceKey(request, record with { FileName = record.FileName ?? record.Name }, renewal, parent, next, warnings);
    }

    private int KeepKey(AuthorityRenewalRequest request, AuthorityRecord record, AuthorityRenewal renewal, IssuingAuthority? parent)
    {
        string digest = request.Digest is { } chosen ? DigestNames.NameFor(renewal.Present.Key, chosen) : record.DigestAlgorithm;
        // As it is encoded: its key identifier stands in what it has issued.
        _ = CertifiableKey.Of(renewal.Present.PublicKey);
        using PrivateKey? key = parent is null ? OpenKey(record, request, renewal) : null;
        CertificateSigner? own = key is null ? null : new CertificateSigner(renewal.Present.SubjectName, key, DigestNames.Parse(digest));
        SignedCertificate signed = renewal.SignCertificate(renewal.Present.PublicKey, own);
        return store.Write(unit =>
        {
            AuthorityRecord current = Recheck(unit, record, parent);
            CertificateRecord previous = AuthorityCertificates.ToRecord(record.ParentId ?? record.Id, record.Certificate, clock.GetUtcSecond());
            CertificateRecord kept = previous with { ReplacedBy = CertificateDocument.Key(parent?.Id ?? record.Id, signed.SerialNumber) };
            if (request.Present == RenewedCertificate.Revoke)
                kept = AuthorityCertificates.Revoke(unit, kept, clock.GetUtcSecond(), record.Name);
            unit.Certificates.InsertMany([kept]);
            unit.Authorities.Update(AuthorityService.Apply(Renewed(current, signed, parent) with { DigestAlgorithm = digest }, request.Urls));
            unit.Record(AuditAct.AuthorityRenewed, record.Name,
                $"{SerialNumbers.ToPrinted(record.SerialNumber)} by {SerialNumbers.ToPrinted(signed.SerialNumber)}, with the same key");
            return record.Id;
        });
    }

    private int ReplaceKey(
        AuthorityRenewalRequest request, AuthorityRecord record, AuthorityRenewal renewal, IssuingAuthority? parent, (string FileName, int KeyNumber) next, List<string> warnings)
    {
        AuthoritySuccession succession = SignSuccession(request, record, renewal, parent, next);
        return store.Write(unit =>
        {
            // The old key keeps its file names, whatever it is called from now on.
            AuthorityRecord current = Recheck(unit, record, parent) with { FileName = record.FileName };
            if (KeyFileNames.Next(unit, current) != next)
                throw AuthorityErrors.RenewedMeanwhile(record.Name);
            AuthorityRecord successor = succession.Successor with { LastCrlNumber = KeyFamily.Of(unit, current).LastCrlNumber };
            if (request.PreviousName is { } chosen)
                _ = AuthorityName.CheckChosen(unit, chosen, record.Id);
            string previousName = request.PreviousName ?? AuthorityName.Free(unit, record.Name);
            unit.Authorities.Update(current with { Name = previousName });
            AuthorityRecord inserted = unit.Authorities.Insert(successor);
            unit.Authorities.Update(current with { Name = previousName, ReplacedById = inserted.Id });
            unit.StageFile(AuthorityFinder.KeyPathOf(store, inserted), succession.KeyFile, overwrite: false);
            StoreTie(unit, record.Id, successor.SerialNumber, succession.NewWithOld, $"by '{previousName}': new key with old");
            StoreTie(unit, inserted.Id, successor.SerialNumber, succession.OldWithNew, $"by '{record.Name}': old key with new");
            unit.Record(AuditAct.AuthorityRenewed, record.Name,
                $"{SerialNumbers.ToPrinted(record.SerialNumber)} by {SerialNumbers.ToPrinted(successor.SerialNumber)}, with a new key; the old one goes on as '{previousName}'");
            warnings.AddRange(SuccessionWarnings.Of(record, previousName, inserted));
            if (request.Key == AuthorityKey.ReplaceAndCrossSign && CrossPathLength.Warning(unit.Authorities.All(), record) is { } warning)
                warnings.Add(warning);
            return inserted.Id;
        });
    }

    private AuthoritySuccession SignSuccession(
        AuthorityRenewalRequest request, AuthorityRecord record, AuthorityRenewal renewal, IssuingAuthority? parent, (string FileName, int KeyNumber) next)
    {
        DecodedCertificate present = renewal.Present;
        KeySpecification specification = request.NewKey ?? present.Key;
        bool sameKind = specification == present.Key && specification.TakesDigest;
        DigestAlgorithm digest = request.Digest ?? (sameKind ? DigestNames.Parse(record.DigestAlgorithm) : specification.DefaultDigest);
        // Opened before the costly key is made: a wrong password is told at once.
        using PrivateKey? oldKey = request.Key == AuthorityKey.ReplaceAndCrossSign ? OpenKey(record, request, renewal) : null;
        using PrivateKey newKey = PrivateKey.Generate(specification);
        var newSigner = new CertificateSigner(present.SubjectName, newKey, digest);
        SignedCertificate signed = renewal.SignCertificate(newKey.PublicKey, newSigner);
        AuthorityRecord successor = AuthorityService.Apply(SuccessorUrl.Change(record, Renewed(record, signed, parent) with { FileName = next.FileName, KeyNumber = next.KeyNumber }), request.Urls) with
        {
            Id = 0,
            CreatedAt = clock.GetUtcSecond(),
            DigestAlgorithm = DigestNames.NameFor(specification, digest),
            KeyFile = Path.Combine(Path.GetDirectoryName(record.KeyFile) ?? string.Empty, signed.SerialNumber + ".key"),
        };
        var succession = new AuthoritySuccession(successor, PrivateKeyFile.Encode(newKey, request.NewPassword));
        if (oldKey is null)
            return succession;
        var oldSigner = new CertificateSigner(present.SubjectName, oldKey, DigestNames.Parse(record.DigestAlgorithm));
        return succession with
        {
            NewWithOld = renewal.CrossSign(newKey.PublicKey, present.PublicKey, oldSigner, UrlsOf(record)),
            OldWithNew = renewal.CrossSign(present.PublicKey, newKey.PublicKey, newSigner, UrlsOf(successor)),
        };
    }

    private void StoreTie(StoreUnit unit, int issuer, string successor, SignedCertificate? signed, string detail)
    {
        if (signed is null)
            return;
        CertificateRecord tie = AuthorityCertificates.ToRecord(issuer, signed.Der, clock.GetUtcSecond()) with
        {
            // Who renews what ends soon has nothing to do here: the successor's own certificate is what stays.
            ReplacedBy = CertificateDocument.Key(issuer, successor),
        };
        unit.Certificates.InsertMany([tie]);
        unit.Record(AuditAct.CertificateIssued, tie.AuditName, detail);
    }

    private static AuthorityRecord Renewed(AuthorityRecord record, SignedCertificate signed, IssuingAuthority? parent) => record with
    {
        SerialNumber = signed.SerialNumber,
        ParentId = parent?.Id,
        NotBefore = signed.NotBefore,
        NotAfter = signed.NotAfter,
        Certificate = signed.Der,
    };

    private PrivateKey OpenKey(AuthorityRecord record, AuthorityRenewalRequest request, AuthorityRenewal renewal) => PrivateKeyFile.ReadMatching(
        AuthorityFinder.KeyPathOf(store, record), request.Password, $"the authority '{record.Name}'", renewal.Present.PublicKey);

    /// <summary>The authority, and who issues its new certificate: its parent, or what took the parent's place.</summary>
    private static (AuthorityRecord Record, AuthorityRecord? Parent) FindRenewable(StoreUnit unit, AuthorityRenewalRequest request)
    {
        AuthorityRecord record = FindRecord(unit, request);
        AuthorityRecord? parent = record.ParentId is { } id ? unit.Authorities.FindById(id) : null;
        return (record, parent is null ? null : AuthorityFinder.Current(unit, parent));
    }

    /// <summary>The authority to renew. One whose key is elsewhere gets no key here: who uses it there would be replaced without knowing.</summary>
    internal static AuthorityRecord FindRecord(StoreUnit unit, AuthorityRenewalRequest request)
    {
        AuthorityRecord record = RequireRenewable(unit, AuthorityFinder.Find(unit, request.Authority));
        if (request.Key != AuthorityKey.Keep && record.KeyIsElsewhere && !KeyFiles.HasKey(unit, record))
            throw AuthorityErrors.KeyElsewhere(record.Name, record.ParentId is { } id && unit.Authorities.FindById(id) is { } parent ? AuthorityFinder.Current(unit, parent).Name : null);
        return record;
    }

    /// <summary>Whether it may get a new certificate at all.</summary>
    private static AuthorityRecord RequireRenewable(StoreUnit unit, AuthorityRecord record)
    {
        if (record.Revocation is not null)
            throw AuthorityErrors.Revoked(record.Name);
        if (!record.Enabled)
            throw AuthorityErrors.Disabled(record.Name);
        if (record.ReplacedById is not null)
            throw AuthorityErrors.Replaced(record.Name, AuthorityFinder.Current(unit, record).Name);
        return record;
    }

    private AuthorityRecord Recheck(StoreUnit unit, AuthorityRecord record, IssuingAuthority? parent)
    {
        AuthorityRecord current = unit.Authorities.FindById(record.Id) ?? throw AuthorityErrors.NotFound(record.Name);
        RequireRenewable(unit, current);
        if (current.SerialNumber != record.SerialNumber)
            throw AuthorityErrors.RenewedMeanwhile(record.Name);
        if (parent is not null)
        {
            AuthorityRecord issuer = AuthorityFinder.FindAgain(unit, parent);
            IssuingAuthorityReader.RequireActive(unit, issuer, clock.GetUtcSecond(), SigningPurpose.Issuance);
        }

        return current;
    }

    private static DistributionUrls UrlsOf(AuthorityRecord record) => new(record.CrlUrls, record.OcspUrls, record.IssuerUrls) { DeltaCrl = record.DeltaCrlUrls };
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;
using X509Name = Org.BouncyCastle.Asn1.X509.X509Name;

namespace PSCertAuthority.Authorities;

/// <summary>Makes, finds and changes the authorities of a store.</summary>
public sealed class AuthorityService
{
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal AuthorityService(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>All authorities, by name.</summary>
    public IReadOnlyList<CaAuthority> List() => _store.Read(unit =>
    {
        return unit.Authorities.All().OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Select(a => Describe(unit, a)).ToList();
    });

    /// <summary>All authorities, each before those that it issued, these by name.</summary>
    public IReadOnlyList<CaAuthority> ListTree()
    {
        IReadOnlyList<CaAuthority> all = List();
        ILookup<string, CaAuthority> children = all.Where(a => a.Parent is not null).ToLookup(a => a.Parent!, StringComparer.OrdinalIgnoreCase);
        return [.. all.Where(a => a.Parent is null).SelectMany(WithThoseBelow)];

        IEnumerable<CaAuthority> WithThoseBelow(CaAuthority authority) => children[authority.Name].SelectMany(WithThoseBelow).Prepend(authority);
    }

    /// <summary>The one authority that an identity names.</summary>
    /// <exception cref="CaAuthorityException"><c>AuthorityNotFound</c> or <c>AuthorityAmbiguous</c>.</exception>
    public CaAuthority Get(AuthorityIdentity identity) =>
        _store.Read(unit => Describe(unit, AuthorityFinder.Find(unit, identity)));

    /// <summary>
    /// The authority with the very certificate by which it is named: an object, a certificate or a serial number from before a renewal gives the former
    /// certificate, its validity and its revocation; everything else is as it is now.
    /// </summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public CaAuthority GetNamed(AuthorityIdentity identity) => _store.Read(unit =>
    {
        AuthorityMatch match = AuthorityFinder.FindMatch(unit, identity);
        if (!match.IsFormer)
            return Describe(unit, match.Authority);
        var former = new DecodedCertificate(match.Certificate);
        return Describe(unit, match.Authority with
        {
            Certificate = match.Certificate,
            SerialNumber = former.SerialNumber,
            NotBefore = former.NotBefore,
            NotAfter = former.NotAfter,
            Revocation = match.Stored?.Revocation,
        });
    });

    /// <summary>The authority that issues in the name of the one that an identity names: itself, or the one with the newest key that took its place.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public CaAuthority GetCurrent(AuthorityIdentity identity) =>
        _store.Read(unit => Describe(unit, AuthorityFinder.Current(unit, AuthorityFinder.Find(unit, identity))));

    /// <summary>The authorities that await their certificates, by name.</summary>
    public IReadOnlyList<CaAuthority> ListPending() => _store.Read(unit =>
        unit.Authorities.WithPending().Where(a => a.IsPending).OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Select(a => Describe(unit, a)).ToList());

    /// <summary>The one authority that an identity names, also one that awaits its certificate.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public CaAuthority GetWithPending(AuthorityIdentity identity) => _store.Read(unit => Describe(unit, AuthorityFinder.FindWithPending(unit, identity)));

    /// <summary>All authorities that an identity may mean: several where a text is not unique, or has the wildcards * and ?, for which there may be none.</summary>
    /// <exception cref="CaAuthorityException"><c>AuthorityNotFound</c> or <c>AuthorityOfOtherStore</c>.</exception>
    public IReadOnlyList<CaAuthority> GetAll(AuthorityIdentity identity) => _store.Read(unit =>
    {
        IReadOnlyList<AuthorityRecord> found = AuthorityFinder.FindAllWithPending(unit, identity);
        if (found.Count == 0 && identity.Pattern is { } pattern)
            found = [.. unit.Authorities.WithPending().Where(a => AuthorityFinder.Fits(a, pattern)).OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase)];
        else if (found.Count == 0)
            throw AuthorityErrors.NotFound(identity.Text);
        return found.Select(a => Describe(unit, a)).ToList();
    });

    /// <summary>The authority, its issuer and so on up to the root.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public IReadOnlyList<CaAuthority> GetChain(AuthorityIdentity identity) => _store.Read(unit =>
        AuthorityFinder.Chain(unit, AuthorityFinder.Find(unit, identity)).Select(a => Describe(unit, a)).ToList());

    /// <summary>Makes an authority with a key of its own: a root, or one that its parent signs.</summary>
    /// <returns>The authority, stored, with warnings.</returns>
    /// <exception cref="CaException">It cannot be made as asked; nothing has changed.</exception>
    public Issued<CaAuthority> Create(AuthorityRequest request)
    {
        var warnings = new List<string>();
        if (request.RequestPath is { } path)
            return new Issued<CaAuthority>(Describe(new AuthorityRequestService(_store, _clock).Create(request, path, warnings)), warnings);
        if (request.Request is { } foreign)
            request = request with { Key = request.Parent is null ? throw AuthorityErrors.RequestNeedsParent(request.Name) : KeySpecification.Create(foreign.KeyType, foreign.KeySize) };
        using IssuingAuthority? parent = request.Parent is { } identity
            ? new IssuingAuthorityReader(_store, _clock).Open(identity, request.ParentPassword)
            : null;
        var validation = new AuthorityValidation(request, parent, _clock.GetUtcSecond(), warnings);
        validation.CheckBeforeKey();
        using PrivateKey? key = request.Request is null ? PrivateKey.Generate(request.Key) : null;
        CertificateContents contents = validation.Validate(request.Request?.PublicKey ?? key!.PublicKey);
        CaSettings settings = _store.Read(unit => unit.Settings.Read());
        DigestAlgorithm digest = request.Digest ?? (request.Key.Type == KeyType.RSA ? settings.Digest : request.Key.DefaultDigest);
        CertificateSigner signer = parent?.Signer ?? new CertificateSigner(contents.Subject, key!, digest);
        SignedCertificate signed = signer.Issue(contents);
        byte[]? keyFile = key is null ? null : PrivateKeyFile.Encode(key, request.Password);
        AuthorityRecord record = ToRecord(request, signed, parent, DigestNames.NameFor(request.Key, digest));
        if (settings.KeyDirectory is { } directory)
            record = record with { KeyFile = Path.Combine(MakeKeyDirectory(directory), record.KeyFile) };
        CaAuthority created = _store.Write(unit => Store(unit, record, parent, keyFile, warnings));
        // The key came into place when the unit of work ended, after this object was made.
        return new Issued<CaAuthority>(Get(created), warnings);
    }

    /// <summary>Changes what an authority writes into what it issues, and whether it signs at all.</summary>
    /// <param name="identity">Which authority.</param>
    /// <param name="urls">The new values; null leaves one as it is, an empty list removes it.</param>
    /// <param name="enabled">Whether it signs; null leaves that as it is.</param>
    /// <param name="name">Its new name; null leaves the name as it is. What it has issued and signed stays with it.</param>
    /// <exception cref="CaException">The authority is unknown, a URL or the name is not valid, or the name is another authority's; nothing has changed.</exception>
    public CaAuthority Set(AuthorityIdentity identity, AuthorityUrls urls, bool? enabled, string? name = null) => _store.Write(unit =>
    {
        if (name is not null)
            AuthorityName.Require(name);
        AuthorityRecord record = AuthorityFinder.FindWithPending(unit, identity);
        if (name is not null)
            _ = AuthorityName.CheckChosen(unit, name, record.Id);
        AuthorityRecord changed = Apply(record with { Name = name ?? record.Name, Enabled = enabled ?? record.Enabled }, urls);
        unit.Authorities.Update(changed);
        unit.Record(AuditAct.AuthorityChanged, changed.Name, AuthorityChange.Describe(record, changed));
        return Describe(unit, changed);
    });

    /// <summary>Renews an authority: a new certificate for its key, or a new key that takes over its name.</summary>
    /// <returns>The authority that bears the name from now on, with warnings.</returns>
    /// <exception cref="CaException">It cannot be renewed as asked; nothing has changed.</exception>
    public Issued<CaAuthority> Renew(AuthorityRenewalRequest request)
    {
        if (request.RequestPath is { } path)
            return new Issued<CaAuthority>(Describe(new AuthorityRequestService(_store, _clock).Renew(request, path)), []);
        var warnings = new List<string>();
        int id = new AuthorityRenewalService(_store, _clock).Renew(request, warnings);
        CaAuthority renewed = _store.Read(unit => Describe(unit, unit.Authorities.FindById(id) ?? throw AuthorityErrors.NotFound(request.Authority.Text)));
        return new Issued<CaAuthority>(renewed, warnings);
    }

    /// <summary>Removes an authority and the records of what it issued. Its private key stays where it is, unless it is to be deleted.</summary>
    /// <param name="identity">Which authority.</param>
    /// <param name="liveCertificates">What certificates that are still valid mean.</param>
    /// <param name="key">What becomes of the key file.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="CaException">It is unknown, has authorities below it, or live certificates; nothing has changed.</exception>
    public RemovedAuthority Remove(AuthorityIdentity identity, LiveCertificates liveCertificates, KeyDisposal key)
    {
        RemovedAuthority removed = _store.Write(unit => Remove(unit, AuthorityFinder.FindWithPending(unit, identity), liveCertificates, key));
        // After the commit: should the process die here, a key is left over, never an authority without its key.
        if (removed.KeyIsDeleted)
            StoreAccess.Guard(removed.KeyFile, () => File.Delete(removed.KeyFile));
        return removed;
    }

    private RemovedAuthority Remove(StoreUnit unit, AuthorityRecord record, LiveCertificates liveCertificates, KeyDisposal key)
    {
        string[] children = [.. unit.Authorities.All().Where(a => a.ParentId == record.Id).Select(a => a.Name)];
        if (children.Length > 0)
            throw AuthorityErrors.HasChildren(record.Name, children);
        int live = unit.Certificates.CountLive(record.Id, _clock.GetUtcSecond());
        if (live > 0 && record.NotAfter > _clock.GetUtcSecond() && liveCertificates == LiveCertificates.Refuse)
            throw AuthorityErrors.HasLiveCertificates(record.Name, live);
        bool hasKey = KeyFiles.HasKey(unit, record), deletes = key == KeyDisposal.Delete && KeyFiles.IsDeletable(unit, record);
        int lost = CrlListing.HandOver(unit, record, _clock.GetUtcSecond());
        if (lost > 0 && record.Revocation is null && record.NotAfter > _clock.GetUtcSecond() && liveCertificates == LiveCertificates.Refuse)
            throw AuthorityErrors.HasRevocations(record.Name, lost);
        KeyFamily.KeepNumber(unit, record);
        int certificates = unit.Certificates.RemoveAll(record.Id);
        unit.CrlEntries.RemoveAll(record.Id);
        unit.CrlResumptions.RemoveAll(record.Id);
        unit.Crls.RemoveAll(record.Id);
        unit.Authorities.Remove(record.Id);
        foreach (AuthorityRecord replaced in unit.Authorities.All().Where(a => a.ReplacedById == record.Id))
            unit.Authorities.Update(replaced with { ReplacedById = null });
        string which = record.IsPending ? "pending" : SerialNumbers.ToPrinted(record.SerialNumber);
        unit.Record(AuditAct.AuthorityRemoved, record.Name,
            $"{which} {record.Subject}, with {certificates} certificates, {live} of them valid; {(deletes ? "its private key was deleted" : hasKey ? "its private key was kept" : "without a private key here")}");
        bool stillTrusted = !record.IsPending && record.Revocation is null && record.NotAfter > _clock.GetUtcSecond();
        return new RemovedAuthority(record.Name, certificates, AuthorityFinder.KeyPathOf(_store, record), stillTrusted) { KeyIsDeleted = deletes };
    }

    internal static string MakeKeyDirectory(string directory)
    {
        StoreAccess.Guard(directory, () => OwnerOnlyFile.CreateDirectory(directory));
        return directory;
    }

    private CaAuthority Store(StoreUnit unit, AuthorityRecord record, IssuingAuthority? parent, byte[]? keyFile, List<string> warnings)
    {
        if (parent is not null)
            IssuingAuthorityReader.RequireActive(unit, AuthorityFinder.FindAgain(unit, parent), _clock.GetUtcSecond(), SigningPurpose.Issuance);
        if (keyFile is null && AuthorityCertificates.FindSame(unit.Authorities.WithPending(), new DecodedCertificate(record.Certificate)) is { } same)
            throw same.IsPending ? AuthorityErrors.Pending(same.Name) : AuthorityErrors.KeyExists(same.Name);
        if (keyFile is null)
            RequireOwnSubject(unit, record, parent!.Id);
        warnings.AddRange(AuthorityName.CheckChosen(unit, record.Name, id: 0));
        warnings.AddRange(AuthorityCertificates.OfSubject(unit, new DecodedCertificate(record.Certificate).SubjectName).Select(other => SuccessionWarnings.Namesake(other.Name, record.Subject)));
        AuthorityRecord inserted = unit.Authorities.Insert(KeyFamily.Join(unit, record));
        if (keyFile is not null)
            unit.StageFile(AuthorityFinder.KeyPathOf(_store, inserted), keyFile, overwrite: false);
        unit.Record(AuditAct.AuthorityCreated, inserted.Name, $"{SerialNumbers.ToPrinted(inserted.SerialNumber)} {inserted.Subject}{(keyFile is null ? ", for a request from elsewhere" : string.Empty)}");
        return Describe(unit, inserted);
    }

    /// <summary>A key from elsewhere must not sign CRLs in the name of another authority, be it of this store or above it.</summary>
    private static void RequireOwnSubject(StoreUnit unit, AuthorityRecord record, int parentId)
    {
        X509Name subject = new DecodedCertificate(record.Certificate).SubjectName;
        // One whose key is elsewhere may get a new key there.
        if (AuthorityCertificates.OfSubject(unit, subject).FirstOrDefault(known => !known.KeyIsElsewhere) is { } other)
            throw AuthorityErrors.SubjectExists(record.Subject, other.Name);
        IReadOnlyList<AuthorityRecord> chain = AuthorityFinder.Chain(unit, unit.Authorities.FindById(parentId)!);
        var top = new DecodedCertificate(chain[chain.Count - 1].Certificate);
        if (KeyFamily.IsSame(top.IssuerName, subject))
            throw AuthorityErrors.SubjectExists(record.Subject, top.Issuer.ToString());
    }

    private AuthorityRecord ToRecord(AuthorityRequest request, SignedCertificate signed, IssuingAuthority? parent, string digest)
    {
        DistinguishedName subject = signed.Subject;
        var record = new AuthorityRecord
        {
            Name = request.Name,
            SerialNumber = signed.SerialNumber,
            ParentId = parent?.Id,
            Subject = subject.ToString(),
            CommonName = subject.CommonName ?? string.Empty,
            NotBefore = signed.NotBefore,
            NotAfter = signed.NotAfter,
            CreatedAt = _clock.GetUtcSecond(),
            Certificate = signed.Der,
            KeyFile = signed.SerialNumber + ".key",
            KeyIsElsewhere = request.Request is not null,
            DigestAlgorithm = digest,
        };
        return Apply(record, request.Urls);
    }

    internal static AuthorityRecord Apply(AuthorityRecord record, AuthorityUrls urls) => record with
    {
        CrlUrls = urls.Crl is null ? record.CrlUrls : DistributionUrls.Check(urls.Crl),
        DeltaCrlUrls = urls.DeltaCrl is null ? record.DeltaCrlUrls : DistributionUrls.Check(urls.DeltaCrl),
        OcspUrls = urls.Ocsp is null ? record.OcspUrls : DistributionUrls.Check(urls.Ocsp),
        IssuerUrls = urls.Issuer is null ? record.IssuerUrls : DistributionUrls.Check(urls.Issuer),
        IssuerAlternativeNames = urls.IssuerAlternativeName is null
            ? record.IssuerAlternativeNames
            : [.. urls.IssuerAlternativeName.Select(name => GeneralName.Parse(name).ToString())],
    };

    private CaAuthority Describe(int id) => _store.Read(unit => Describe(unit, unit.Authorities.WithPending().First(record => record.Id == id)));

    private CaAuthority Describe(StoreUnit unit, AuthorityRecord record)
    {
        string keyFile = AuthorityFinder.KeyPathOf(_store, record);
        var place = new AuthorityPlace(_store.DatabasePath, unit.StoreId, keyFile, KeyFiles.HasKey(unit, record), _clock.GetUtcSecond());
        return new CaAuthority(record, unit.Authorities.All(), place);
    }
}

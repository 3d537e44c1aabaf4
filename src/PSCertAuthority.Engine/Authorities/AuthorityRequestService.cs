using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>Writes requests (PKCS #10) for authorities whose issuer is elsewhere: for new ones, which are pending until the certificate is imported, and for renewals.</summary>
internal sealed class AuthorityRequestService(CaStore store, TimeProvider clock)
{
    // What belongs to a certificate's issuer, which writes it.
    private static readonly string[] OfIssuer =
    [
        ExtensionOids.AuthorityKeyIdentifier, ExtensionOids.IssuerAlternativeName, ExtensionOids.CrlDistributionPoints, ExtensionOids.FreshestCrl,
        ExtensionOids.AuthorityInformationAccess, ExtensionOids.SubjectKeyIdentifier,
    ];

    /// <summary>Makes a key and a pending authority, and writes its request; gives the id of its record.</summary>
    public int Create(AuthorityRequest request, string path, List<string> warnings)
    {
        if (request.Parent is not null)
            throw AuthorityErrors.RequestPathWithParent(request.Name);
        var validation = new AuthorityValidation(request, parent: null, clock.GetUtcSecond(), []);
        validation.CheckBeforeKey();
        AtomicFile.RequireAbsent(path, request.OverwriteRequest);
        warnings.AddRange(store.Read(unit => AuthorityName.CheckChosen(unit, request.Name, id: 0)));
        CaSettings settings = store.Read(unit => unit.Authorities.FindByName(request.Name) is null ? unit.Settings.Read() : throw StoreErrors.AuthorityNameExists(request.Name));
        DigestAlgorithm digest = request.Digest ?? (request.Key.Type == KeyType.RSA ? settings.Digest : request.Key.DefaultDigest);
        using PrivateKey key = PrivateKey.Generate(request.Key);
        CertificateContents contents = validation.ValidateRequest(key.PublicKey);
        DistinguishedName subject = DistinguishedName.FromX509Name(contents.Subject);
        string[] namesakes = store.Read(unit => AuthorityCertificates.OfSubject(unit, contents.Subject).Select(other => other.Name).ToArray());
        warnings.AddRange(namesakes.Select(name => SuccessionWarnings.Namesake(name, subject.ToString())));
        byte[] csr = RequestFactory.Sign(key, contents.Subject, contents.Extensions, digest);
        string directory = settings.KeyDirectory is { } given ? AuthorityService.MakeKeyDirectory(given) : string.Empty;
        AuthorityRecord record = AuthorityService.Apply(Pending(request.Name, subject, csr, key, directory) with { DigestAlgorithm = DigestNames.NameFor(request.Key, digest) }, request.Urls);
        return Store(record, PrivateKeyFile.Encode(key, request.Password), path, request.OverwriteRequest, $"awaits its certificate; request for {subject}");
    }

    /// <summary>Writes a request for the renewal of an authority: with its key, or with a new one, which awaits its certificate. Gives the id of the record with the key.</summary>
    public int Renew(AuthorityRenewalRequest request, string path)
    {
        AtomicFile.RequireAbsent(path, request.OverwriteRequest);
        AuthorityRecord record = store.Read(unit => AuthorityRenewalService.FindRecord(unit, request));
        _ = AuthorityService.Apply(record, request.Urls);
        var present = new DecodedCertificate(record.Certificate);
        return request.Key == AuthorityKey.Keep ? KeepKey(request, record, present, path) : ReplaceKey(request, record, present, path);
    }

    private int KeepKey(AuthorityRenewalRequest request, AuthorityRecord record, DecodedCertificate present, string path)
    {
        using PrivateKey key = PrivateKeyFile.ReadMatching(AuthorityFinder.KeyPathOf(store, record), request.Password, $"the authority '{record.Name}'", present.PublicKey);
        byte[] csr = RequestFactory.Sign(key, present.SubjectName, Requested(present, present.SubjectKeyIdentifier ?? CertificateExtensions.KeyIdentifierOf(present.PublicKey)), DigestOf(request, record, key));
        store.Write(unit =>
        {
            unit.Record(AuditAct.AuthorityChanged, record.Name, "request for its renewal with the same key");
            WriteRequest(path, csr, request.OverwriteRequest);
            return true;
        });
        return record.Id;
    }

    private int ReplaceKey(AuthorityRenewalRequest request, AuthorityRecord record, DecodedCertificate present, string path)
    {
        using PrivateKey key = PrivateKey.Generate(request.NewKey ?? present.Key);
        DigestAlgorithm digest = request.Digest ?? (key.Specification == present.Key && key.Specification.TakesDigest ? DigestNames.Parse(record.DigestAlgorithm) : key.Specification.DefaultDigest);
        byte[] csr = RequestFactory.Sign(key, present.SubjectName, Requested(present, CertificateExtensions.KeyIdentifierOf(key.PublicKey)), digest);
        AuthorityRecord pending = AuthorityService.Apply(
            Pending(FreeName(record.Name), present.Subject, csr, key, Path.GetDirectoryName(record.KeyFile) ?? string.Empty) with
            {
                SucceedsId = record.Id,
                DigestAlgorithm = DigestNames.NameFor(key.Specification, digest),
                CrlUrls = record.CrlUrls,
                DeltaCrlUrls = record.DeltaCrlUrls,
                OcspUrls = record.OcspUrls,
                IssuerUrls = record.IssuerUrls,
                IssuerAlternativeNames = record.IssuerAlternativeNames,
            },
            request.Urls);
        return Store(pending, PrivateKeyFile.Encode(key, request.NewPassword), path, request.OverwriteRequest, $"awaits its certificate; new key for '{record.Name}'");
    }

    private int Store(AuthorityRecord record, byte[] keyFile, string path, bool overwrite, string detail) => store.Write(unit =>
    {
        AuthorityRecord inserted = unit.Authorities.Insert(record with { LastCrlNumber = KeyFamily.Of(unit, record).LastCrlNumber });
        unit.StageFile(AuthorityFinder.KeyPathOf(store, inserted), keyFile, overwrite: false);
        unit.Record(AuditAct.AuthorityCreated, inserted.Name, detail);
        // As the last thing: where it cannot be written, nothing has changed.
        WriteRequest(path, record.Request!, overwrite);
        return inserted.Id;
    });

    private AuthorityRecord Pending(string name, DistinguishedName subject, byte[] csr, PrivateKey key, string directory) => new()
    {
        Name = name,
        SerialNumber = string.Empty,
        Subject = subject.ToString(),
        CommonName = subject.CommonName ?? string.Empty,
        NotBefore = clock.GetUtcSecond(),
        NotAfter = clock.GetUtcSecond(),
        CreatedAt = clock.GetUtcSecond(),
        Certificate = [],
        Request = csr,
        KeyFile = Path.Combine(directory, BitConverter.ToString(CertificateExtensions.KeyIdentifierOf(key.PublicKey)).Replace("-", string.Empty) + ".key"),
        DigestAlgorithm = string.Empty,
    };

    private string FreeName(string name) => store.Read(unit =>
    {
        string free = AuthorityName.Suffixed(name, "-new");
        for (int number = 2; unit.Authorities.FindByName(free) is not null; number++)
            free = AuthorityName.Suffixed(name, $"-new{number}");
        return free;
    });

    private static DigestAlgorithm DigestOf(AuthorityRenewalRequest request, AuthorityRecord record, PrivateKey key) =>
        request.Digest ?? (key.Specification.TakesDigest ? DigestNames.Parse(record.DigestAlgorithm) : key.Specification.DefaultDigest);

    private static X509Extensions Requested(DecodedCertificate present, byte[] keyIdentifier) => new CertificateExtensions()
        .Kept(KeptExtensions.Of(present, OfIssuer))
        .SubjectKeyIdentifier(keyIdentifier)
        .Build();

    private static void WriteRequest(string path, byte[] csr, bool overwrite) => AtomicFile.Write(path, Encoding.ASCII.GetBytes(Pem.EncodeText(CaCertificateRequest.PemLabel, csr)), overwrite);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;
using PSCertAuthority.Validation;

namespace PSCertAuthority.Authorities;

/// <summary>A certificate authority of a store, as it was when it was read.</summary>
public sealed class CaAuthority
{
    private readonly DecodedCertificate? _decoded;

    internal CaAuthority(AuthorityRecord record, IReadOnlyList<AuthorityRecord> all, AuthorityPlace place)
    {
        if (record.Request is { } request)
            CertificateRequest = CertificateRequestReader.Read(request, $"The request of the authority '{record.Name}'");
        else
            _decoded = new DecodedCertificate(record.Certificate);
        Id = record.Id;
        Exact = new ExactCertificate(record.Certificate, record.SerialNumber) { StoreId = place.StoreId };
        Name = record.Name;
        Parent = all.FirstOrDefault(other => other.Id == record.ParentId)?.Name;
        Depth = DepthOf(record, all);
        Replaces = all.FirstOrDefault(other => other.ReplacedById == record.Id || other.Id == record.SucceedsId)?.Name;
        ReplacedBy = all.FirstOrDefault(other => other.Id == record.ReplacedById)?.Name;
        StorePath = place.StorePath;
        SerialNumber = SerialNumbers.ToPrinted(record.SerialNumber);
        Enabled = record.Enabled;
        NotBefore = record.IsPending ? default : record.NotBefore.ToDisplayed();
        NotAfter = record.IsPending ? default : record.NotAfter.ToDisplayed();
        KeyFile = place.KeyFile;
        HasPrivateKey = place.HasPrivateKey;
        KeyIsElsewhere = record.KeyIsElsewhere && !place.HasPrivateKey;
        DigestAlgorithm = record.DigestAlgorithm;
        CrlUrl = [.. record.CrlUrls];
        DeltaCrlUrl = [.. record.DeltaCrlUrls];
        OcspUrl = [.. record.OcspUrls];
        IssuerUrl = [.. record.IssuerUrls];
        IssuerAlternativeName = [.. record.IssuerAlternativeNames.Select(GeneralName.Parse)];
        LastCrlNumber = record.LastCrlNumber;
        FileName = record.FileName ?? record.Name;
        KeyNumber = record.KeyNumber;
        RevokedAt = record.Revocation?.RevokedAt.ToDisplayed();
        RevocationReason = record.Revocation?.Reason;
        Status = StatusOf(record, place.Now);
    }

    /// <summary>The name in the store, unique there.</summary>
    public string Name { get; }

    /// <summary>The name of the authority that issued its certificate; null for a root.</summary>
    public string? Parent { get; }

    /// <summary>How many authorities of the store are above it; 0 for a root.</summary>
    public int Depth { get; }

    /// <summary>The name of the authority whose place it took, with a new key; null for none.</summary>
    public string? Replaces { get; }

    /// <summary>The name of the authority with a new key that took its place; null while it issues itself.</summary>
    public string? ReplacedBy { get; }

    /// <summary>The subject of its certificate; of a pending one, of its request.</summary>
    public DistinguishedName Subject => CertificateRequest?.Subject ?? Certificate.Subject;

    /// <summary>The serial number of its certificate, as <c>75:BC:D1</c>; empty while it is pending.</summary>
    public string SerialNumber { get; }

    /// <summary>Whether it can sign.</summary>
    public AuthorityStatus Status { get; }

    /// <summary>Whether an administrator lets it sign.</summary>
    public bool Enabled { get; }

    /// <summary>From when its certificate is valid; local time.</summary>
    public DateTime NotBefore { get; }

    /// <summary>Until when its certificate is valid; local time.</summary>
    public DateTime NotAfter { get; }

    /// <summary>The kind of its key.</summary>
    public KeyType KeyType => CertificateRequest?.KeyType ?? Certificate.Key.Type;

    /// <summary>The size of its key in bits.</summary>
    public int KeySize => CertificateRequest?.KeySize ?? Certificate.Key.Size;

    /// <summary>Whether its private key is on this host.</summary>
    public bool HasPrivateKey { get; }

    /// <summary>Whether its private key was never on this host: it was imported without, or its request came from elsewhere. A key that was here and is missing is not elsewhere.</summary>
    public bool KeyIsElsewhere { get; }

    /// <summary>Where its private key is, or would be.</summary>
    public string KeyFile { get; }

    /// <summary>The digest that it signs with; empty for EdDSA.</summary>
    public string DigestAlgorithm { get; }

    /// <summary>How many authorities may follow below it (RFC 5280, section 4.2.1.9); null without a limit.</summary>
    public int? PathLength => _decoded?.PathLength;

    /// <summary>The names it may issue, and may not (RFC 5280, section 4.2.1.10).</summary>
    public NameConstraints NameConstraints => _decoded?.NameConstraints ?? NameConstraints.Create([], []);

    /// <summary>The CRL URLs written into what it issues.</summary>
    public IReadOnlyList<string> CrlUrl { get; }

    /// <summary>The URLs of its delta CRLs written into what it issues and into its complete CRLs.</summary>
    public IReadOnlyList<string> DeltaCrlUrl { get; }

    /// <summary>The OCSP URLs written into what it issues.</summary>
    public IReadOnlyList<string> OcspUrl { get; }

    /// <summary>The URLs of its own certificate written into what it issues.</summary>
    public IReadOnlyList<string> IssuerUrl { get; }

    /// <summary>The issuer alternative names written into what it issues.</summary>
    public IReadOnlyList<GeneralName> IssuerAlternativeName { get; }

    /// <summary>The number of the newest CRL that one of the authorities with its subject name signed; 0 before the first.</summary>
    public long LastCrlNumber { get; }

    /// <summary>How the files that Export-CaCrl and Export-CaAuthority write to a directory are named, without extension. It stays with the key, as certificates name URLs.</summary>
    public string FileName { get; }

    /// <summary>Which key of its subject name it has: 1 for the first, 2 after a renewal with a new key.</summary>
    public int KeyNumber { get; }

    /// <summary>When it was revoked; null while it is not. Local time.</summary>
    public DateTime? RevokedAt { get; }

    /// <summary>Why it was revoked; null while it is not.</summary>
    public RevocationReason? RevocationReason { get; }

    /// <summary>All extensions of its certificate, in words (RFC 5280, section 4.2); of a pending one, those that it asks for.</summary>
    public IReadOnlyList<CertificateExtension> Extensions => CertificateRequest?.Extensions ?? ExtensionReader.ReadCertificate(Certificate.Der, Name);

    /// <summary>The request for its certificate, which goes to its issuer, while it is pending; else null.</summary>
    public CaCertificateRequest? CertificateRequest { get; }

    /// <summary>SHA-1 over the certificate, as X509Certificate2 has it: 40 digits without colons.</summary>
    public string Thumbprint => Sha1Fingerprint.Replace(":", string.Empty);

    /// <summary>SHA-1 over the certificate, as Windows shows it.</summary>
    public string Sha1Fingerprint => _decoded is null ? string.Empty : Fingerprints.Sha1(_decoded.Der);

    /// <summary>SHA-256 over the certificate.</summary>
    public string Sha256Fingerprint => _decoded is null ? string.Empty : Fingerprints.Sha256(_decoded.Der);

    /// <summary>SHA-512 over the certificate.</summary>
    public string Sha512Fingerprint => _decoded is null ? string.Empty : Fingerprints.Sha512(_decoded.Der);

    /// <summary>The pin of its public key (RFC 7469, section 2.4).</summary>
    public string PublicKeyPin => CertificateRequest?.PublicKeyPin ?? Fingerprints.Pin(Certificate.PublicKey.GetEncoded());

    /// <summary>The certificate as DER, under the name that X509Certificate2 has for it. Export-Clixml, jobs and remoting keep it. Empty while it is pending.</summary>
    public byte[] RawData => _decoded is null ? [] : ToDer();

    /// <summary>The store it is in.</summary>
    public string StorePath { get; }

    internal int Id { get; }

    /// <exception cref="CaAuthorityException"><c>AuthorityPending</c>: there is none yet.</exception>
    private DecodedCertificate Certificate => _decoded ?? throw AuthorityErrors.Pending(Name);

    internal ExactCertificate Exact { get; }

    /// <summary>The certificate for the platform's own classes.</summary>
    public static implicit operator X509Certificate2(CaAuthority authority) => authority.ToX509Certificate2();

    /// <summary>The certificate for the platform's own classes, without private key.</summary>
    public X509Certificate2 ToX509Certificate2() => PlatformCertificate.Load(Certificate.Der);

    /// <summary>The certificate as DER.</summary>
    public byte[] ToDer() => (byte[])Certificate.Der.Clone();

    /// <summary>The certificate as PEM.</summary>
    public string ToPem() => Pem.EncodeText("CERTIFICATE", Certificate.Der);

    /// <summary>Reads a CRL from a file, PEM or DER, and verifies that this authority signed it. A wrong file is a <see cref="PublishedCrl.Problem"/>.</summary>
    /// <param name="path">The full path; the file must exist.</param>
    /// <exception cref="CaCrlException"><c>CrlUnreadable</c>: the file cannot be read.</exception>
    public PublishedCrl ReadCrl(string path) => CrlDocument.ReadFile(path, Certificate, Name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static int DepthOf(AuthorityRecord record, IReadOnlyList<AuthorityRecord> all)
    {
        int depth = 0;
        for (AuthorityRecord? above = record; above?.ParentId is { } parent && depth < all.Count; depth++)
            above = all.FirstOrDefault(other => other.Id == parent);
        return depth;
    }

    internal static AuthorityStatus StatusOf(AuthorityRecord record, DateTime now) => record.IsPending ? AuthorityStatus.Pending
        : record.Revocation is not null ? AuthorityStatus.Revoked
        : record.NotAfter <= now ? AuthorityStatus.Expired
        : record.NotBefore > now ? AuthorityStatus.NotYetValid
        : !record.Enabled ? AuthorityStatus.Disabled
        : record.ReplacedById is not null ? AuthorityStatus.Replaced : AuthorityStatus.Valid;
}

using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>An issued certificate of a store, as it was when it was read.</summary>
public sealed class CaCertificate
{
    private readonly Lazy<DecodedCertificate> _certificate;
    private readonly byte[] _der;

    internal CaCertificate(CertificateRecord record, string authority, string storePath, Guid storeId, DateTime now, string? keyPath = null)
    {
        _der = record.Certificate;
        _certificate = new Lazy<DecodedCertificate>(() => new DecodedCertificate(_der));
        AuthorityId = record.AuthorityId;
        StoredSerialNumber = record.SerialNumber;
        StoredNumber = record.Number;
        Exact = new ExactCertificate(_der, record.SerialNumber) { StoreId = storeId, AuthorityId = record.AuthorityId, StoredNumber = record.Number };
        SerialNumber = SerialNumbers.ToPrinted(record.SerialNumber);
        Authority = authority;
        Subject = PrintableText.Escape(record.Subject);
        Profile = record.Profile;
        NotBefore = record.NotBefore.ToDisplayed();
        NotAfter = record.NotAfter.ToDisplayed();
        IssuedAt = record.IssuedAt.ToDisplayed();
        Watchers = record.Watchers;
        RevokedAt = record.Revocation?.RevokedAt.ToDisplayed();
        RevocationReason = record.Revocation?.Reason;
        InvalidityDate = record.Revocation?.InvalidityDate?.ToDisplayed();
        KeyPath = keyPath;
        Replaces = ToSerialNumber(record.Replaces);
        ReplacedBy = ToSerialNumber(record.ReplacedBy);
        IsServerManaged = record.IsServerManaged;
        StorePath = storePath;
        Status = record.Revocation switch
        {
            { Reason: not Revocation.RevocationReason.CertificateHold } => CertificateStatus.Revoked,
            _ when record.NotAfter <= now => CertificateStatus.Expired,
            not null => CertificateStatus.Suspended,
            null => CertificateStatus.Valid,
        };
    }

    /// <summary>The serial number, as <c>75:BC:D1</c>.</summary>
    public string SerialNumber { get; }

    /// <summary>The subject in OpenSSL's style, as <c>/C=AT/CN=example.com</c>.</summary>
    public string Subject { get; }

    /// <summary>The subject taken apart.</summary>
    public DistinguishedName SubjectName => _certificate.Value.Subject;

    /// <summary>The subject's common name; null where it has none.</summary>
    public string? CommonName => SubjectName.CommonName;

    /// <summary>The subject alternative names.</summary>
    public IReadOnlyList<GeneralName> SubjectAlternativeName => _certificate.Value.SubjectAlternativeNames;

    /// <summary>The name of the authority that issued it.</summary>
    public string Authority { get; }

    /// <summary>The issuer's subject.</summary>
    public DistinguishedName Issuer => _certificate.Value.Issuer;

    /// <summary>How it stands.</summary>
    public CertificateStatus Status { get; }

    /// <summary>The profile that it was issued under.</summary>
    public string Profile { get; }

    /// <summary>From when it is valid; local time.</summary>
    public DateTime NotBefore { get; }

    /// <summary>Until when it is valid; local time.</summary>
    public DateTime NotAfter { get; }

    /// <summary>When it was issued; local time.</summary>
    public DateTime IssuedAt { get; }

    /// <summary>When it was revoked; null while it is not. Local time.</summary>
    public DateTime? RevokedAt { get; }

    /// <summary>Why it was revoked; null while it is not.</summary>
    public RevocationReason? RevocationReason { get; }

    /// <summary>Since when its key is thought to be in other hands (RFC 5280, section 5.3.2); null where unknown. Local time.</summary>
    public DateTime? InvalidityDate { get; }

    /// <summary>The kind of its key.</summary>
    public KeyType KeyType => PublicKeyPolicy.Describe(_certificate.Value.PublicKey).Type;

    /// <summary>The size of its key in bits.</summary>
    public int KeySize => PublicKeyPolicy.Describe(_certificate.Value.PublicKey).Size;

    /// <summary>The full path of the private key, where it was just generated; else null. The store does not keep it.</summary>
    public string? KeyPath { get; }

    /// <summary>The serial number of the certificate whose place it took; null for none.</summary>
    public string? Replaces { get; }

    /// <summary>The serial number of the certificate that took its place; null for none.</summary>
    public string? ReplacedBy { get; }

    /// <summary>
    /// Whether a responder or web interface has its key in memory, and replaces it by itself: Update-CaCertificate passes over it, and
    /// Get-CaCertificate -ExpiringWithin leaves it out.
    /// </summary>
    public bool IsServerManaged { get; }

    /// <summary>Whether it is an authority's: a former certificate of one, a cross-certificate, or one that this store does not know as an authority.</summary>
    public bool IsAuthority => DecodedCertificate.SaysAuthority(_der);

    /// <summary>Who is told before it ends.</summary>
    public IReadOnlyList<string> Watchers { get; }

    /// <summary>All its extensions, in words (RFC 5280, section 4.2).</summary>
    public IReadOnlyList<CertificateExtension> Extensions => ExtensionReader.ReadCertificate(_der, SerialNumber);

    /// <summary>SHA-1 over the certificate, as X509Certificate2 has it: 40 digits without colons.</summary>
    public string Thumbprint => Sha1Fingerprint.Replace(":", string.Empty);

    /// <summary>SHA-1 over the certificate, as Windows shows it.</summary>
    public string Sha1Fingerprint => Fingerprints.Sha1(_der);

    /// <summary>SHA-256 over the certificate.</summary>
    public string Sha256Fingerprint => Fingerprints.Sha256(_der);

    /// <summary>SHA-512 over the certificate.</summary>
    public string Sha512Fingerprint => Fingerprints.Sha512(_der);

    /// <summary>The pin of its public key (RFC 7469, section 2.4).</summary>
    public string PublicKeyPin => Fingerprints.Pin(_certificate.Value.PublicKey.GetEncoded());

    /// <summary>The certificate as DER, under the name that X509Certificate2 has for it. Export-Clixml, jobs and remoting keep it.</summary>
    public byte[] RawData => ToDer();

    /// <summary>The store it is in.</summary>
    public string StorePath { get; }

    internal ExactCertificate Exact { get; }

    internal int AuthorityId { get; }

    internal string StoredSerialNumber { get; }

    /// <summary>Where the store had it; null where it was not read from there.</summary>
    internal long? StoredNumber { get; }

    /// <summary>The certificate for the platform's own classes.</summary>
    public static implicit operator X509Certificate2(CaCertificate certificate) => certificate.ToX509Certificate2();

    /// <summary>The certificate for the platform's own classes, without private key.</summary>
    public X509Certificate2 ToX509Certificate2() => PlatformCertificate.Load(_der);

    /// <summary>The certificate as DER.</summary>
    public byte[] ToDer() => (byte[])_der.Clone();

    /// <summary>The certificate as PEM.</summary>
    public string ToPem() => Pem.EncodeText("CERTIFICATE", _der);

    private static string? ToSerialNumber(string? key) => key is null ? null : SerialNumbers.ToPrinted(key.Split('/')[0]);

    /// <summary>The serial number.</summary>
    public override string ToString() => SerialNumber;
}

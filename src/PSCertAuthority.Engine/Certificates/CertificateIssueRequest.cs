using System;
using System.Collections.Generic;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Certificates;

/// <summary>What somebody asks an authority to certify.</summary>
public sealed record CertificateIssueRequest
{
    /// <summary>Who is to issue it. A renewal may have null: the authority of the old certificate, or the one with a newer key that took its place.</summary>
    public required AuthorityIdentity? Authority { get; init; }

    /// <summary>The password of the authority's key, where it has one.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The request with the public key; null where <see cref="RequestPath"/> or <see cref="GenerateKey"/> say where the key is from.</summary>
    public CaCertificateRequest? Request { get; init; }

    /// <summary>The full path of a file with the request, which is read when its turn comes; null with a <see cref="Request"/>.</summary>
    public string? RequestPath { get; init; }

    /// <summary>Which key to make here; null with a <see cref="Request"/>.</summary>
    public KeySpecification? GenerateKey { get; init; }

    /// <summary>The full path for the generated key.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The full path for the generated key with its certificate and chain, as PKCS #12; goes before <see cref="KeyPath"/>.</summary>
    public string? PfxPath { get; init; }

    /// <summary>How the file at <see cref="PfxPath"/> is made.</summary>
    public Pkcs12Options? Pkcs12 { get; init; }

    /// <summary>The password that encrypts the generated key at <see cref="KeyPath"/>; null leaves it readable to its owner.</summary>
    public SecureString? KeyPassword { get; init; }

    /// <summary>Whether an existing file at <see cref="KeyPath"/> or <see cref="PfxPath"/> may be replaced.</summary>
    public bool OverwriteKey { get; init; }

    /// <summary>
    /// The certificate whose place it takes; null for none. Subject, alternative names, usages, policies, validity, profile, watchers and, where no
    /// other is given, the public key are taken from it.
    /// </summary>
    public CertificateIdentity? Renews { get; init; }

    /// <summary>What becomes of the certificate whose place it takes.</summary>
    public RenewedCertificate Renewed { get; init; } = RenewedCertificate.Keep;

    /// <summary>Whether a certificate whose place was taken before may be renewed once more.</summary>
    public bool RenewAgain { get; init; }

    internal Renewal? Renewal { get; init; }

    /// <summary>Whether one of our servers has made the key in memory, and replaces the certificate by itself.</summary>
    internal bool IsServerManaged { get; init; }

    internal SigningPurpose Purpose { get; init; } = SigningPurpose.Issuance;

    /// <summary>The subject; laid over that of the profile (and of the request, if that is to be used).</summary>
    public DistinguishedName Subject { get; init; } = DistinguishedName.Empty;

    /// <summary>The alternative names.</summary>
    public IReadOnlyList<GeneralName> SubjectAlternativeName { get; init; } = [];

    /// <summary>The name of the profile; null takes the default one.</summary>
    public string? Profile { get; init; }

    /// <summary>The validity in days; null takes that of the profile, then the default.</summary>
    public int? ValidDays { get; init; }

    /// <summary>The end; goes before <see cref="ValidDays"/>. Without a kind it is local time.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>Whether the request's own subject is taken, below <see cref="Subject"/>.</summary>
    public bool UseRequestSubject { get; init; }

    /// <summary>Whether the request's alternative names are taken.</summary>
    public bool UseRequestName { get; init; }

    /// <summary>Whether the request's alternative names are taken, and of its key usages, policies and tlsfeature what the profile lets requests ask for.</summary>
    public bool UseRequestExtension { get; init; }

    /// <summary>The key usages; null takes those of the request where they are to be used, else of the profile. None leaves the extension out.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; }

    /// <summary>The extended key usages as dotted OIDs; null as for <see cref="KeyUsage"/>, an empty list leaves the extension out.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage { get; init; }

    /// <summary>Whether the extended key usage is critical, whatever the profile says.</summary>
    public bool ExtendedKeyUsageCritical { get; init; }

    /// <summary>Whether the certificate is good only with an OCSP response stapled to it (RFC 7633).</summary>
    public bool MustStaple { get; init; }

    /// <summary>The certificate policies; an empty list takes those of the request where they are to be used.</summary>
    public IReadOnlyList<CertificatePolicy> CertificatePolicies { get; init; } = [];

    /// <summary>The issuer alternative names; null takes those of the authority, an empty list leaves the extension out.</summary>
    public IReadOnlyList<GeneralName>? IssuerAlternativeName { get; init; }

    /// <summary>Further extensions, of OIDs that the authority does not write itself.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; init; } = [];

    /// <summary>Whether the common name stays out of the alternative names, whatever the profile says.</summary>
    public bool NoCommonNameInSubjectAlternativeName { get; init; }

    /// <summary>Who is told before the certificate ends.</summary>
    public IReadOnlyList<MailAddress> Watchers { get; init; } = [];
}

using System;
using System.Collections.Generic;
using System.Globalization;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Storage;
using Validity = PSCertAuthority.Certificates.Validity;

namespace PSCertAuthority.Authorities;

/// <summary>Signs what a renewal needs: the authority's new certificate and, where wanted, the two that tie old and new key together.</summary>
internal sealed class AuthorityRenewal(
    AuthorityRenewalRequest request, AuthorityRecord record, IssuingAuthority? parent, DateTime now, List<string> warnings)
{
    // What belongs to a certificate's issuer and key, and is written anew.
    private static readonly HashSet<string> Rewritten =
    [
        ExtensionOids.SubjectKeyIdentifier, ExtensionOids.AuthorityKeyIdentifier, ExtensionOids.IssuerAlternativeName,
        ExtensionOids.CrlDistributionPoints, ExtensionOids.FreshestCrl, ExtensionOids.AuthorityInformationAccess,
    ];

    private readonly DecodedCertificate _present = new(record.Certificate);

    public DecodedCertificate Present => _present;

    /// <summary>What can be refused before a costly key is made.</summary>
    public void CheckBeforeKey()
    {
        _ = Period();
        _ = OwnUrls();
        if (request.Key == AuthorityKey.ReplaceAndCrossSign && record.NotAfter <= now)
            throw AuthorityErrors.Expired(record.Name, record.NotAfter);
        if (parent?.RemainingPathLength is not { } left)
            return;
        if (left <= 0)
            throw AuthorityErrors.PathLengthSpent(parent.Name);
        if (_present.PathLength is null || _present.PathLength > left - 1)
            throw AuthorityErrors.PathLengthTooLong(parent.Name, left - 1);
    }

    /// <summary>The new certificate, for the present key or a new one.</summary>
    /// <param name="subject">The key that it is for.</param>
    /// <param name="ownSigner">Signs where there is no parent.</param>
    public SignedCertificate SignCertificate(SubjectPublicKeyInfo subject, CertificateSigner? ownSigner)
    {
        Validity validity = Period();
        byte[] identifier = IdentifierOf(subject);
        X509Extensions extensions = Extensions(identifier, parent?.KeyIdentifier ?? identifier)
            .IssuerAlternativeNames(parent?.IssuerAlternativeNames ?? [])
            .Urls(OwnUrls())
            .Build();
        var contents = new CertificateContents(_present.SubjectName, subject, validity.NotBefore, validity.NotAfter, extensions);
        return (parent?.Signer ?? ownSigner!).Issue(contents);
    }

    /// <summary>A certificate for one key of the authority, signed by its other one, valid as long as the old key's (RFC 4210, section 4.4).</summary>
    public SignedCertificate CrossSign(SubjectPublicKeyInfo subject, SubjectPublicKeyInfo issuer, CertificateSigner signer, DistributionUrls urls)
    {
        X509Extensions extensions = Extensions(IdentifierOf(subject), IdentifierOf(issuer)).Urls(urls).Build();
        DateTime notBefore = now.AddMinutes(-CaDefaults.ClockSkewMinutes);
        return signer.Issue(new CertificateContents(_present.SubjectName, subject, notBefore, record.NotAfter, extensions));
    }

    private CertificateExtensions Extensions(byte[] subjectKey, byte[] issuerKey) => new CertificateExtensions()
        .Kept(KeptExtensions.Of(_present, Rewritten))
        .KeyIdentifiers(subjectKey, issuerKey);

    /// <summary>What the certificates below name their issuer's key with: it must not change while the key is the same.</summary>
    private byte[] IdentifierOf(SubjectPublicKeyInfo key) =>
        key.Equals(_present.PublicKey) && _present.SubjectKeyIdentifier is { } identifier ? identifier : CertificateExtensions.KeyIdentifierOf(key);

    private Validity Period()
    {
        Validity asked = (request.ValidDays is null && request.NotAfter is null
            ? Validity.Renewing(now, record.NotBefore, record.NotAfter, record.NotBefore.AddMinutes(CaDefaults.ClockSkewMinutes))
            : Validity.From(now, request.ValidDays, request.NotAfter, CaDefaults.AuthorityValidDays)).NotBeforeOf(parent?.NotBefore);
        if (parent is null || asked.NotAfter <= parent.NotAfter)
            return asked;
        string warning = $"The authority '{record.Name}' ends with its parent '{parent.Name}', on "
            + parent.NotAfter.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + ", and not later.";
        if (!warnings.Contains(warning))
            warnings.Add(warning);
        return asked with { NotAfter = parent.NotAfter };
    }

    private DistributionUrls OwnUrls() => new(
        Choose(request.OwnCrlUrls, parent?.Urls.Crl, _present.CrlUrls),
        Choose(request.OwnOcspUrls, parent?.Urls.Ocsp, _present.OcspUrls),
        Choose(request.OwnIssuerUrls, parent?.Urls.Issuer, _present.IssuerUrls)) { DeltaCrl = parent?.Urls.DeltaCrl ?? [] };

    private static IReadOnlyList<string> Choose(IReadOnlyList<string>? given, IReadOnlyList<string>? ofParent, IReadOnlyList<string> present) =>
        given is not null ? DistributionUrls.Check(given) : ofParent is { Count: > 0 } ? ofParent : present;
}

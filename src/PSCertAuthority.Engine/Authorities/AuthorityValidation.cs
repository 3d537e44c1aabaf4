using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Names;
using NameConstraints = PSCertAuthority.Names.NameConstraints;
using Validity = PSCertAuthority.Certificates.Validity;

namespace PSCertAuthority.Authorities;

/// <summary>Holds what was asked of a new authority against its parent; what passes is the contents of its certificate.</summary>
internal sealed class AuthorityValidation(AuthorityRequest request, IssuingAuthority? parent, DateTime now, List<string> warnings)
{
    private const int MaximumPathLength = 100;

    /// <summary>What can be refused before the costly key is made.</summary>
    public void CheckBeforeKey()
    {
        AuthorityName.Require(request.Name);
        CheckPathLength();
        _ = Subject();
        _ = OwnUrls();
        _ = Period();
        CheckExtensions();
        _ = DistributionUrls.Check([.. request.Urls.Crl ?? [], .. request.Urls.DeltaCrl ?? [], .. request.Urls.Ocsp ?? [], .. request.Urls.Issuer ?? []]);
    }

    public CertificateContents Validate(SubjectPublicKeyInfo publicKey)
    {
        Validity validity = Period();
        byte[] issuerKey = parent?.KeyIdentifier ?? CertificateExtensions.KeyIdentifierOf(publicKey);
        X509Extensions extensions = Limit(Begin().KeyIdentifiers(publicKey, issuerKey))
            .IssuerAlternativeNames(parent?.IssuerAlternativeNames ?? [])
            .Urls(OwnUrls())
            .Custom(request.Extensions)
            .Build();
        return new CertificateContents(Subject().ToX509Name(), publicKey, validity.NotBefore, validity.NotAfter, extensions);
    }

    /// <summary>What a request to an issuer elsewhere asks for; that issuer decides.</summary>
    public CertificateContents ValidateRequest(SubjectPublicKeyInfo publicKey)
    {
        Validity validity = Period();
        X509Extensions extensions = Limit(Begin().SubjectKeyIdentifier(CertificateExtensions.KeyIdentifierOf(publicKey))).Custom(request.Extensions).Build();
        return new CertificateContents(Subject().ToX509Name(), publicKey, validity.NotBefore, validity.NotAfter, extensions);
    }

    private CertificateExtensions Begin() => new CertificateExtensions()
        .AuthorityConstraints(request.PathLength, request.KeyUsage)
        .ExtendedKeyUsage([.. request.ExtendedKeyUsage], request.ExtendedKeyUsageCritical);

    private CertificateExtensions Limit(CertificateExtensions extensions) => extensions
        .NameConstraints(request.NameConstraints ?? NameConstraints.Create([], []), request.NameConstraintsCritical)
        .Policies([.. request.CertificatePolicies])
        .PolicyLimits(request.PolicyLimits);

    /// <summary>That of the authority elsewhere stays as it encodes it; what it says meets the rules of what is typed.</summary>
    private DistinguishedName ChosenSubject()
    {
        if (request is { Request: { Subject.IsEmpty: false } foreign, Subject.IsEmpty: true })
        {
            _ = DistinguishedName.Parse(foreign.Subject.ToString());
            return foreign.Subject;
        }

        return request.Subject.CommonName is null ? request.Subject.WithCommonName(request.Name) : request.Subject;
    }

    private DistinguishedName Subject()
    {
        DistinguishedName subject = ChosenSubject();
        if (parent?.NameConstraints.Select(c => c.FindViolation(subject, [])).FirstOrDefault(v => v is not null) is { } violation)
            throw IssuanceErrors.NameForbidden(parent.Name, violation);
        return subject;
    }

    private void CheckExtensions()
    {
        KeyUsageNames.RequirePossible(request.KeyUsage, request.Key.Type);
        if (parent is not null)
            ExtendedKeyUsageNames.RequireWithin(parent.Name, parent.Certificate.ExtendedKeyUsage, request.ExtendedKeyUsage);
        CertificatePolicy.RequireDistinct(request.CertificatePolicies);
        request.PolicyLimits.RequireValid();
        CustomExtensions.RequireForAuthority(request.Extensions);
    }

    private void CheckPathLength()
    {
        if (request.PathLength is < 0 or > MaximumPathLength)
            throw AuthorityErrors.PathLengthInvalid(request.PathLength.Value);
        if (parent?.RemainingPathLength is not { } left)
            return;
        if (left <= 0)
            throw AuthorityErrors.PathLengthSpent(parent.Name);
        if (request.PathLength is null || request.PathLength > left - 1)
            throw AuthorityErrors.PathLengthTooLong(parent.Name, left - 1);
    }

    private Validity Period()
    {
        Validity asked = Validity.From(now, request.ValidDays, request.NotAfter, CaDefaults.AuthorityValidDays).NotBeforeOf(parent?.NotBefore);
        if (parent is null || asked.NotAfter <= parent.NotAfter)
            return asked;
        // A parent made a moment ago with the same default ends a moment earlier; nobody needs to hear of that.
        bool askedFor = request.ValidDays is not null || request.NotAfter is not null;
        if (!askedFor && asked.NotAfter - parent.NotAfter < TimeSpan.FromDays(1))
            return asked with { NotAfter = parent.NotAfter };
        string warning = $"The authority '{request.Name}' ends with its parent '{parent.Name}', on "
            + parent.NotAfter.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + ", and not later as asked.";
        if (!warnings.Contains(warning))
            warnings.Add(warning);
        return asked with { NotAfter = parent.NotAfter };
    }

    private DistributionUrls OwnUrls() => new(
        DistributionUrls.Check(request.OwnCrlUrls ?? parent?.Urls.Crl ?? []),
        DistributionUrls.Check(request.OwnOcspUrls ?? parent?.Urls.Ocsp ?? []),
        DistributionUrls.Check(request.OwnIssuerUrls ?? parent?.Urls.Issuer ?? [])) { DeltaCrl = parent?.Urls.DeltaCrl ?? [] };
}

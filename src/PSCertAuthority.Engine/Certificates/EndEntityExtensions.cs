using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;
using GeneralName = PSCertAuthority.Names.GeneralName;
using X509Extension = Org.BouncyCastle.Asn1.X509.X509Extension;

namespace PSCertAuthority.Certificates;

/// <summary>
/// The extensions of a certificate that is no authority's. What is asked for by name goes before what the request holds (where that is to be
/// used), and that before the profile.
/// </summary>
internal sealed class EndEntityExtensions(IssuingAuthority authority, CertificateProfile profile, CertificateIssueRequest request, KeyType keyType)
{
    private readonly IReadOnlyList<(DerObjectIdentifier Oid, X509Extension Extension)> _kept =
        [.. Kept(request, keyType).Where(extension => !IsGiven(request, extension.Oid.Id))];

    private readonly RequestedExtensions _asked =
        request is { Renewal: null, UseRequestExtension: true, Request: { } csr } ? RequestedExtensions.Read(csr, profile) : RequestedExtensions.None;

    /// <exception cref="CaExtensionException">An extension cannot be written as asked.</exception>
    public X509Extensions Build(SubjectPublicKeyInfo publicKey, List<GeneralName> names, bool subjectIsEmpty)
    {
        IReadOnlyList<CertificatePolicy> policies = request.CertificatePolicies.Count > 0 ? request.CertificatePolicies : _asked.Policies;
        CertificatePolicy.RequireDistinct(policies);
        CustomExtensions.RequireForEndEntity(request.Extensions);
        var extensions = new CertificateExtensions().EndEntityConstraints();
        AddUsages(extensions);
        return extensions
            .Kept(_kept)
            .KeyIdentifiers(publicKey, authority.KeyIdentifier)
            .AlternativeNames(names, critical: subjectIsEmpty)
            .IssuerAlternativeNames(request.IssuerAlternativeName ?? authority.IssuerAlternativeNames)
            .Urls(authority.Urls)
            .Policies(policies)
            .MustStaple(request.MustStaple || _asked.MustStaple)
            .OcspNoCheck(profile.OcspNoCheck)
            .Custom(request.Extensions)
            .Build();
    }

    /// <summary>What a renewed certificate keeps of the old one.</summary>
    private static IReadOnlyList<(DerObjectIdentifier Oid, X509Extension Extension)> Kept(CertificateIssueRequest request, KeyType keyType) =>
        request.Renewal?.KeptExtensions(keyType, otherProfile: request.Profile is not null) ?? [];

    private static bool IsGiven(CertificateIssueRequest request, string oid) => oid switch
    {
        ExtensionOids.KeyUsage => request.KeyUsage is not null,
        ExtensionOids.ExtendedKeyUsage => request.ExtendedKeyUsage is not null,
        ExtensionOids.CertificatePolicies => request.CertificatePolicies.Count > 0,
        ExtensionOids.TlsFeature => request.MustStaple,
        _ => false,
    };

    private void AddUsages(CertificateExtensions extensions)
    {
        if (KeptOf(ExtensionOids.KeyUsage) is null)
            extensions.KeyUsage(KeyUsageFor(), critical: request.KeyUsage is not null || _asked.KeyUsage is not null || profile.KeyUsageCritical);
        if (KeptOf(ExtensionOids.ExtendedKeyUsage) is { } kept)
        {
            ExtendedKeyUsageNames.RequireWithin(authority.Name, authority.Certificate.ExtendedKeyUsage, ExtendedKeyUsageNames.Read(kept.GetParsedValue()));
            return;
        }

        IReadOnlyList<string> usages = request.ExtendedKeyUsage ?? _asked.ExtendedKeyUsage ?? ExtendedKeyUsageNames.Parse(profile.ExtendedKeyUsage);
        ExtendedKeyUsageNames.RequireWithin(authority.Name, authority.Certificate.ExtendedKeyUsage, usages);
        // RFC 3161, section 2.3: the key of a time stamping authority is for that alone, and everybody must know.
        bool onlyTimeStamping = usages.Count == 1 && usages[0] == ExtendedKeyUsageNames.TimeStamping;
        bool critical = request.ExtendedKeyUsageCritical || onlyTimeStamping || request.ExtendedKeyUsage is null && profile.ExtendedKeyUsageCritical;
        extensions.ExtendedKeyUsage([.. usages], critical);
    }

    /// <summary>A profile fits every key, and so loses what a key cannot do; what is asked for by name is refused instead.</summary>
    private X509KeyUsageFlags KeyUsageFor()
    {
        if (request.KeyUsage is not { } asked)
            return _asked.KeyUsage ?? KeyUsageNames.Of(profile, keyType);
        KeyUsageNames.RequireEndEntity(asked);
        KeyUsageNames.RequirePossible(asked, keyType);
        return asked;
    }

    private X509Extension? KeptOf(string oid) => _kept.FirstOrDefault(extension => extension.Oid.Id == oid).Extension;
}

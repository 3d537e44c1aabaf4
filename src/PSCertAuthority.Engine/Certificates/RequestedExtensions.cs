using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;
using X509Extension = Org.BouncyCastle.Asn1.X509.X509Extension;

namespace PSCertAuthority.Certificates;

/// <summary>
/// What of a request's own extensions is taken over when <c>-UseRequestExtension</c> asks for it: decoded, held against the rules for what is typed and
/// against the profile, and encoded anew. The subject alternative name is merged elsewhere.
/// </summary>
/// <param name="KeyUsage">The key usages; null where the request says nothing.</param>
/// <param name="ExtendedKeyUsage">The extended key usages as dotted OIDs; null where the request says nothing.</param>
/// <param name="Policies">The certificate policies.</param>
/// <param name="MustStaple">Whether the certificate is good only with an OCSP response stapled to it.</param>
internal sealed record RequestedExtensions(X509KeyUsageFlags? KeyUsage, IReadOnlyList<string>? ExtendedKeyUsage, IReadOnlyList<CertificatePolicy> Policies, bool MustStaple)
{
    /// <summary>What is taken where nothing is to be taken.</summary>
    public static RequestedExtensions None { get; } = new(null, null, [], false);

    /// <summary>What the authority alone decides: passed over, be it critical or not.</summary>
    private static readonly string[] PassedOver =
    [
        ExtensionOids.SubjectAlternativeName, ExtensionOids.SubjectKeyIdentifier, ExtensionOids.AuthorityKeyIdentifier, ExtensionOids.CrlDistributionPoints,
        ExtensionOids.AuthorityInformationAccess, ExtensionOids.NameConstraints, ExtensionOids.OcspNoCheck, ExtensionOids.BasicConstraints,
    ];

    /// <summary>Reads the extensions of a request.</summary>
    /// <exception cref="CaIssuanceException"><c>RequestExtensionRefused</c> or <c>RequestBeyondProfile</c>.</exception>
    /// <exception cref="CaExtensionException">What a typed value would be refused for.</exception>
    public static RequestedExtensions Read(CaCertificateRequest request, CertificateProfile profile)
    {
        RequestedExtensions read = None;
        foreach (DerObjectIdentifier oid in request.Asn1Extensions?.GetExtensionOids() ?? [])
        {
            X509Extension extension = request.Asn1Extensions!.GetExtension(oid);
            try
            {
                EncodedValue.RequireDer(oid.Id, extension.Value.GetOctets());
                read = read.With(oid.Id, extension, request.KeyType, profile);
            }
            catch (Exception e) when (e is CaExtensionException { ErrorId: "ExtensionInvalid" } || (e is not CaException && Asn1Failure.IsMalformed(e)))
            {
                throw IssuanceErrors.RequestExtensionRefused(oid.Id, "it is not encoded as its standard wants it");
            }
        }

        return read;
    }

    private RequestedExtensions With(string oid, X509Extension extension, KeyType key, CertificateProfile profile)
    {
        switch (oid)
        {
            case ExtensionOids.BasicConstraints when BasicConstraints.GetInstance(extension.GetParsedValue()).IsCA():
                throw IssuanceErrors.RequestExtensionRefused(oid, "it would make the certificate an authority");
            case ExtensionOids.KeyUsage:
                return this with { KeyUsage = ReadKeyUsage(DerBitString.GetInstance(extension.GetParsedValue()), key, profile) };
            case ExtensionOids.ExtendedKeyUsage:
                return this with { ExtendedKeyUsage = ReadExtendedKeyUsage(extension.GetParsedValue(), profile) };
            case ExtensionOids.CertificatePolicies:
                return this with { Policies = ReadPolicies(extension.GetParsedValue(), profile) };
            case ExtensionOids.TlsFeature:
                return this with { MustStaple = ReadTlsFeature(extension.GetParsedValue()) };
            default:
                return !extension.IsCritical || PassedOver.Contains(oid) ? this : throw IssuanceErrors.RequestExtensionRefused(oid, "it is critical, and not known here");
        }
    }

    private static X509KeyUsageFlags ReadKeyUsage(DerBitString bits, KeyType key, CertificateProfile profile)
    {
        var usage = (X509KeyUsageFlags)bits.IntValue;
        if (usage == X509KeyUsageFlags.None || bits.GetBytes().Length > 2)
            throw IssuanceErrors.RequestExtensionRefused(ExtensionOids.KeyUsage, "it names no usage that there is");
        KeyUsageNames.RequireEndEntity(usage);
        KeyUsageNames.RequirePossible(usage, key);
        X509KeyUsageFlags beyond = usage & ~(KeyUsageNames.Of(profile, key) | profile.RequestKeyUsage);
        return beyond == X509KeyUsageFlags.None
            ? usage
            : throw IssuanceErrors.BeyondProfile(profile.Name, $"the key usage {string.Join(", ", KeyUsageNames.NamesOf(beyond))}", "RequestKeyUsage");
    }

    private static IReadOnlyList<string> ReadExtendedKeyUsage(Asn1Object value, CertificateProfile profile)
    {
        string[] usages = [.. ExtendedKeyUsageNames.Read(value).Distinct()];
        if (usages.Length == 0)
            throw IssuanceErrors.RequestExtensionRefused(ExtensionOids.ExtendedKeyUsage, "it names no usage");
        IReadOnlyList<string> allowed = ExtendedKeyUsageNames.Parse(profile.ExtendedKeyUsage.Concat(profile.RequestExtendedKeyUsage));
        string[] beyond = [.. usages.Where(usage => !allowed.Contains(usage)).Select(ExtendedKeyUsageNames.NameOf)];
        return beyond.Length == 0
            ? usages
            : throw IssuanceErrors.BeyondProfile(profile.Name, $"the extended key usage {string.Join(", ", beyond)}", "RequestExtendedKeyUsage");
    }

    private static CertificatePolicy[] ReadPolicies(Asn1Object value, CertificateProfile profile)
    {
        CertificatePolicy[] policies = [.. Asn1Sequence.GetInstance(value).Select(policy => CertificatePolicy.FromAsn1(Asn1Sequence.GetInstance(policy)))];
        if (policies.Length == 0)
            throw IssuanceErrors.RequestExtensionRefused(ExtensionOids.CertificatePolicies, "it names no policy");
        CertificatePolicy.RequireDistinct(policies);
        return policies.FirstOrDefault(policy => !profile.RequestPolicy.Contains(policy.Oid)) is { } beyond
            ? throw IssuanceErrors.BeyondProfile(profile.Name, $"the certificate policy {beyond.Oid}", "RequestPolicy")
            : policies;
    }

    /// <summary>RFC 7633, section 4.2.2: status_request, alone or with status_request_v2.</summary>
    private static bool ReadTlsFeature(Asn1Object value)
    {
        int[] features = [.. Asn1Sequence.GetInstance(value).Select(feature => DerInteger.GetInstance(feature).IntValueExact)];
        return features is [5] or [5, 17]
            ? true
            : throw IssuanceErrors.RequestExtensionRefused(ExtensionOids.TlsFeature, "it asks for other features than status_request");
    }
}

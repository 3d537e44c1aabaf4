using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Extensions;
using GeneralName = PSCertAuthority.Names.GeneralName;
using NameConstraints = PSCertAuthority.Names.NameConstraints;
using X509Extension = Org.BouncyCastle.Asn1.X509.X509Extension;

namespace PSCertAuthority.Certificates;

/// <summary>Builds the extensions of a certificate (RFC 5280, section 4.2), in the order in which they are encoded.</summary>
internal sealed class CertificateExtensions
{
    private readonly X509ExtensionsGenerator _generator = new();

    public X509Extensions Build() => _generator.Generate();

    public CertificateExtensions AuthorityConstraints(int? pathLength, X509KeyUsageFlags furtherUsage)
    {
        _generator.AddExtension(
            X509Extensions.BasicConstraints, critical: true, pathLength is { } limit ? new BasicConstraints(limit) : new BasicConstraints(true));
        return KeyUsage(KeyUsageNames.AuthorityFlags | furtherUsage, critical: true);
    }

    public CertificateExtensions EndEntityConstraints()
    {
        _generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(false));
        return this;
    }

    public CertificateExtensions KeyUsage(X509KeyUsageFlags usage, bool critical)
    {
        // The flags of .NET carry the bits of RFC 5280 as BouncyCastle does: the first octet low, decipherOnly in the second.
        if (usage != X509KeyUsageFlags.None)
            _generator.AddExtension(X509Extensions.KeyUsage, critical, new KeyUsage((int)usage));
        return this;
    }

    public CertificateExtensions ExtendedKeyUsage(IReadOnlyCollection<string> usages, bool critical)
    {
        if (usages.Count > 0)
        {
            _generator.AddExtension(X509Extensions.ExtendedKeyUsage, critical,
                new ExtendedKeyUsage([.. usages.Select(oid => new DerObjectIdentifier(oid))]));
        }

        return this;
    }

    public CertificateExtensions KeyIdentifiers(SubjectPublicKeyInfo subject, byte[] issuerKeyIdentifier) =>
        KeyIdentifiers(KeyIdentifierOf(subject), issuerKeyIdentifier);

    public CertificateExtensions KeyIdentifiers(byte[] subjectKeyIdentifier, byte[] issuerKeyIdentifier)
    {
        _generator.AddExtension(
            X509Extensions.SubjectKeyIdentifier, critical: false, new SubjectKeyIdentifier(subjectKeyIdentifier));
        _generator.AddExtension(
            X509Extensions.AuthorityKeyIdentifier, critical: false, new AuthorityKeyIdentifier(issuerKeyIdentifier));
        return this;
    }

    public CertificateExtensions SubjectKeyIdentifier(byte[] identifier)
    {
        _generator.AddExtension(X509Extensions.SubjectKeyIdentifier, critical: false, new SubjectKeyIdentifier(identifier));
        return this;
    }

    public CertificateExtensions AlternativeNames(IReadOnlyCollection<GeneralName> names, bool critical)
    {
        if (names.Count > 0)
            _generator.AddExtension(X509Extensions.SubjectAlternativeName, critical, ToGeneralNames(names));
        return this;
    }

    public CertificateExtensions IssuerAlternativeNames(IReadOnlyCollection<GeneralName> names)
    {
        if (names.Count > 0)
            _generator.AddExtension(X509Extensions.IssuerAlternativeName, critical: false, ToGeneralNames(names));
        return this;
    }

    public CertificateExtensions NameConstraints(NameConstraints constraints, bool critical)
    {
        if (!constraints.IsEmpty)
            _generator.AddExtension(X509Extensions.NameConstraints, critical, constraints.ToAsn1());
        return this;
    }

    public CertificateExtensions Urls(DistributionUrls urls)
    {
        urls.AddTo(_generator);
        return this;
    }

    public CertificateExtensions OcspNoCheck(bool wanted)
    {
        if (wanted)
            _generator.AddExtension(OcspObjectIdentifiers.PkixOcspNocheck, critical: false, DerNull.Instance);
        return this;
    }

    /// <summary>RFC 7633, section 4: the certificate is only good with an OCSP response stapled to it.</summary>
    public CertificateExtensions MustStaple(bool wanted)
    {
        const int statusRequest = 5;
        if (wanted)
            _generator.AddExtension(new DerObjectIdentifier(ExtensionOids.TlsFeature), critical: false, new DerSequence(DerInteger.ValueOf(statusRequest)));
        return this;
    }

    public CertificateExtensions Policies(IReadOnlyCollection<CertificatePolicy> policies)
    {
        if (policies.Count > 0)
        {
            Asn1Encodable[] encoded = [.. policies.Select(policy => policy.ToAsn1())];
            _generator.AddExtension(X509Extensions.CertificatePolicies, critical: false, new DerSequence(encoded));
        }

        return this;
    }

    /// <summary>RFC 5280, sections 4.2.1.11 and 4.2.1.14.</summary>
    public CertificateExtensions PolicyLimits(PolicyLimits limits)
    {
        if (limits.ConstraintsToAsn1() is { } constraints)
            _generator.AddExtension(X509Extensions.PolicyConstraints, critical: true, constraints);
        if (limits.InhibitAnyPolicy is { } skip)
            _generator.AddExtension(X509Extensions.InhibitAnyPolicy, critical: true, DerInteger.ValueOf(skip));
        return this;
    }

    public CertificateExtensions Custom(IEnumerable<CertificateExtension> extensions)
    {
        foreach (CertificateExtension extension in extensions)
            _generator.AddExtension(new DerObjectIdentifier(extension.Oid), extension.Critical, extension.RawValue);
        return this;
    }

    /// <summary>What a renewal keeps of the certificate before.</summary>
    public CertificateExtensions Kept(IEnumerable<(DerObjectIdentifier Oid, X509Extension Extension)> kept)
    {
        foreach ((DerObjectIdentifier oid, X509Extension extension) in kept)
            _generator.AddExtension(oid, extension.IsCritical, extension.Value.GetOctets());
        return this;
    }

    public static byte[] KeyIdentifierOf(SubjectPublicKeyInfo publicKey) =>
        Fingerprints.KeyIdentifier(publicKey.PublicKey.GetBytes());

    private static GeneralNames ToGeneralNames(IEnumerable<GeneralName> names) => new([.. names.Select(name => name.ToAsn1())]);
}

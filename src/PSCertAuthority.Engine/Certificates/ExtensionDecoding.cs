using System;
using Org.BouncyCastle.Asn1;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Certificates;

/// <summary>Reads all extensions of a certificate that are otherwise read when something asks for them, so that a broken one is found before the certificate is stored.</summary>
internal static class ExtensionDecoding
{
    private static readonly (string Oid, Func<DecodedCertificate, object?> Read)[] Readers =
    [
        (ExtensionOids.BasicConstraints, certificate => (certificate.IsAuthority, PathLength(certificate))),
        (ExtensionOids.KeyUsage, certificate => certificate.KeyUsage),
        (ExtensionOids.ExtendedKeyUsage, certificate => certificate.ExtendedKeyUsage),
        (ExtensionOids.NameConstraints, NameConstraints),
        (ExtensionOids.SubjectAlternativeName, certificate => certificate.SubjectAlternativeNames),
        (ExtensionOids.CrlDistributionPoints, certificate => certificate.CrlUrls),
        (ExtensionOids.AuthorityInformationAccess, certificate => (certificate.OcspUrls, certificate.IssuerUrls)),
        (ExtensionOids.SubjectKeyIdentifier, certificate => certificate.SubjectKeyIdentifier),
        (ExtensionOids.AuthorityKeyIdentifier, certificate => certificate.AuthorityKeyIdentifier),
    ];

    /// <summary>Reads them all.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateExtensionInvalid</c>, which names the extension.</exception>
    public static void RequireReadable(DecodedCertificate certificate, string source)
    {
        foreach ((string oid, Func<DecodedCertificate, object?> read) in Readers)
        {
            try
            {
                _ = read(certificate);
            }
            catch (Exception e) when (Asn1Failure.IsMalformed(e))
            {
                throw CaCertificateException.ExtensionInvalid(source, KnownExtensions.Find(oid)?.Name ?? oid, e);
            }
        }
    }

    private static int? PathLength(DecodedCertificate certificate) => certificate.PathLength is { } length and < 0
        ? throw new FormatException($"the path length is {length}; it must be 0 or more (RFC 5280, section 4.2.1.9)")
        : certificate.PathLength;

    private static object? NameConstraints(DecodedCertificate certificate)
    {
        bool isPresent = certificate.Extensions?.GetExtension(new DerObjectIdentifier(ExtensionOids.NameConstraints)) is not null;
        return isPresent && certificate.NameConstraints.IsEmpty
            ? throw new FormatException("it names no subtree, which RFC 5280, section 4.2.1.10, forbids")
            : certificate.NameConstraints;
    }
}

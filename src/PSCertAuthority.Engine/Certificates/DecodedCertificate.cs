using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using GeneralName = PSCertAuthority.Names.GeneralName;
using NameConstraints = PSCertAuthority.Names.NameConstraints;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate (RFC 5280, section 4.1) taken apart: what issuing and showing need of it.</summary>
internal sealed class DecodedCertificate
{
    private readonly X509CertificateStructure _structure;
    private bool? _isSelfSigned;

    public DecodedCertificate(byte[] der)
    {
        Der = der;
        _structure = X509CertificateStructure.GetInstance(Asn1Object.FromByteArray(der));
    }

    public byte[] Der { get; }

    public X509Name SubjectName => _structure.Subject;

    public DistinguishedName Subject => DistinguishedName.FromX509Name(_structure.Subject);

    public DistinguishedName Issuer => DistinguishedName.FromX509Name(_structure.Issuer);

    public X509Name IssuerName => _structure.Issuer;

    /// <summary>Whether issuer and subject are the same (RFC 5280, section 3.2).</summary>
    public bool IsSelfIssued => _structure.Issuer.Equivalent(_structure.Subject);

    /// <summary>Whether its own key signed it (RFC 5280, section 3.2): a root. A certificate for the old key by the new one is self-issued, and not this.</summary>
    public bool IsSelfSigned => _isSelfSigned ??= IsSelfIssued && IsSignedBy(PublicKey);

    /// <summary>Whether nothing but its own key can be meant as the one that signed it: issuer and subject, and the key identifiers, are the same.</summary>
    public bool NamesItselfAsIssuer =>
        IsSelfIssued && (AuthorityKeyIdentifier is not { } issuer || SubjectKeyIdentifier is not { } subject || issuer.SequenceEqual(subject));

    /// <summary>Whether the serial number is below zero, which RFC 5280, section 4.1.2.2, forbids.</summary>
    public bool IsSerialNumberNegative => _structure.SerialNumber.Value.SignValue < 0;

    public SubjectPublicKeyInfo PublicKey => _structure.SubjectPublicKeyInfo;

    public KeySpecification Key => PublicKeyPolicy.Check(PublicKey);

    public X509Extensions? Extensions => _structure.TbsCertificate.Extensions;

    /// <summary>As it is stored: hexadecimal without colons.</summary>
    public string SerialNumber => SerialNumbers.ToStored(_structure.SerialNumber.Value);

    /// <summary>UTC.</summary>
    public DateTime NotBefore => _structure.StartDate.ToDateTime().ToUniversalTime();

    /// <summary>UTC.</summary>
    public DateTime NotAfter => _structure.EndDate.ToDateTime().ToUniversalTime();

    public AlgorithmIdentifier SignatureAlgorithmIdentifier => _structure.SignatureAlgorithm;

    /// <summary>The octets that are signed.</summary>
    public byte[] SignedContent => _structure.TbsCertificate.GetEncoded(Asn1Encodable.Der);

    /// <summary>Whether the signature is that key's.</summary>
    public bool IsSignedBy(SubjectPublicKeyInfo key) => SignatureVerification.IsValid(key, SignatureAlgorithmIdentifier, SignedContent, _structure.Signature);

    /// <inheritdoc cref="IsSignedBy(SubjectPublicKeyInfo)"/>
    public bool IsSignedBy(VerifyingKey key) => key.IsValid(SignatureAlgorithmIdentifier, SignedContent, _structure.Signature);

    public string SignatureAlgorithm => _structure.SignatureAlgorithm.Algorithm.Id;

    public byte[]? SubjectKeyIdentifier =>
        Find(X509Extensions.SubjectKeyIdentifier) is { } value ? Asn1OctetString.GetInstance(value).GetOctets() : null;

    /// <summary>Null where it does not name its issuer's key by an identifier.</summary>
    public byte[]? AuthorityKeyIdentifier =>
        Find(X509Extensions.AuthorityKeyIdentifier) is { } value ? Org.BouncyCastle.Asn1.X509.AuthorityKeyIdentifier.GetInstance(value).KeyIdentifier?.GetOctets() : null;

    /// <summary>Whether the basicConstraints of a certificate say that it is an authority. Most say plainly that it is none, for which it need not be taken apart.</summary>
    public static bool SaysAuthority(byte[] der)
    {
        // The extension's object identifier, which octets inside others may look like, and an empty sequence behind it.
        ReadOnlySpan<byte> identifier = [6, 3, 0x55, 0x1D, 19], critical = [1, 1, 0xFF], empty = [4, 2, 0x30, 0];
        ReadOnlySpan<byte> rest = der;
        for (int at = rest.IndexOf(identifier); at >= 0; at = rest.IndexOf(identifier))
        {
            rest = rest.Slice(at + identifier.Length);
            if (!(rest.StartsWith(critical) ? rest.Slice(critical.Length) : rest).StartsWith(empty)) return new DecodedCertificate(der).IsAuthority;
        }

        return false;
    }

    /// <summary>Whether basicConstraints say that it is an authority.</summary>
    public bool IsAuthority => Find(X509Extensions.BasicConstraints) is { } value && BasicConstraints.GetInstance(value).IsCA();

    /// <summary>The bits of <see cref="Org.BouncyCastle.Asn1.X509.KeyUsage"/>; all where the extension is missing.</summary>
    public int KeyUsage => Find(X509Extensions.KeyUsage) is { } value ? DerBitString.GetInstance(value).IntValue : ~0;

    /// <summary>Null without a limit, and for what is no authority.</summary>
    public int? PathLength =>
        Find(X509Extensions.BasicConstraints) is { } value ? BasicConstraints.GetInstance(value).PathLenConstraint?.IntValueExact : null;

    public NameConstraints NameConstraints =>
        Find(X509Extensions.NameConstraints) is { } value
            ? NameConstraints.FromAsn1(Org.BouncyCastle.Asn1.X509.NameConstraints.GetInstance(value))
            : NameConstraints.Create([], []);

    /// <summary>Null where the certificate does not limit them.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage =>
        Find(X509Extensions.ExtendedKeyUsage) is { } value ? ExtendedKeyUsageNames.Read(value) : null;

    public IReadOnlyList<GeneralName> SubjectAlternativeNames =>
        Find(X509Extensions.SubjectAlternativeName) is { } value
            ? GeneralNames.GetInstance(value).GetNames().Select(GeneralName.FromAsn1).ToArray()
            : [];

    /// <summary>The HTTP and other addresses of its CRLs.</summary>
    public IReadOnlyList<string> CrlUrls =>
        Find(X509Extensions.CrlDistributionPoints) is { } value
            ? [.. CrlDistPoint.GetInstance(value).GetDistributionPoints()
                .Where(point => point.DistributionPointName?.Type == DistributionPointName.FullName)
                .SelectMany(point => GeneralNames.GetInstance(point.DistributionPointName.Name).GetNames())
                .Select(GeneralName.FromAsn1).Where(name => name.Kind == GeneralNameKind.Uri).Select(name => name.Value)]
            : [];

    /// <summary>The addresses of OCSP responders.</summary>
    public IReadOnlyList<string> OcspUrls => AccessUrls(AccessDescription.IdADOcsp);

    /// <summary>The addresses of its issuer's certificate.</summary>
    public IReadOnlyList<string> IssuerUrls => AccessUrls(AccessDescription.IdADCAIssuers);

    private IReadOnlyList<string> AccessUrls(DerObjectIdentifier method) =>
        Find(X509Extensions.AuthorityInfoAccess) is { } value
            ? [.. AuthorityInformationAccess.GetInstance(value).GetAccessDescriptions()
                .Where(description => description.AccessMethod.Equals(method))
                .Select(description => GeneralName.FromAsn1(description.AccessLocation)).Where(name => name.Kind == GeneralNameKind.Uri).Select(name => name.Value)]
            : [];

    private Asn1Object? Find(DerObjectIdentifier extension) => Extensions?.GetExtension(extension)?.GetParsedValue();
}

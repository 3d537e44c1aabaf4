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

    public DecodedCertificate(byte[] der)
    {
        Der = der;
        _structure = X509CertificateStructure.GetInstance(Asn1Object.FromByteArray(der));
    }

    public byte[] Der { get; }

    public X509Name SubjectName => _structure.Subject;

    public DistinguishedName Subject => DistinguishedName.FromX509Name(_structure.Subject);

    public DistinguishedName Issuer => DistinguishedName.FromX509Name(_structure.Issuer);

    public SubjectPublicKeyInfo PublicKey => _structure.SubjectPublicKeyInfo;

    public KeySpecification Key => PublicKeyPolicy.Check(PublicKey);

    public X509Extensions? Extensions => _structure.TbsCertificate.Extensions;

    public string SignatureAlgorithm => _structure.SignatureAlgorithm.Algorithm.Id;

    public byte[]? SubjectKeyIdentifier =>
        Find(X509Extensions.SubjectKeyIdentifier) is { } value ? Asn1OctetString.GetInstance(value).GetOctets() : null;

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

    private Asn1Object? Find(DerObjectIdentifier extension) => Extensions?.GetExtension(extension)?.GetParsedValue();
}

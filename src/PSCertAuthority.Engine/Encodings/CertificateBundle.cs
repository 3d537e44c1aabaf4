using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;

namespace PSCertAuthority.Encodings;

/// <summary>Certificates without signature or key: the degenerate SignedData of RFC 5652, section 5.</summary>
internal static class CertificateBundle
{
    private static readonly DerInteger Version = DerInteger.ValueOf(1);

    /// <summary>The bundle as DER.</summary>
    /// <param name="certificates">The certificates as DER.</param>
    public static byte[] Encode(IEnumerable<byte[]> certificates)
    {
        // A SET OF is sorted in DER; as OpenSSL does, we write a SEQUENCE under the same tag, which keeps the order: leaf first.
        Asn1Encodable[] ordered = [.. certificates.Select(Asn1Object.FromByteArray)];
        var signedData = new DerSequence(
            Version,
            DerSet.Empty,
            new DerSequence(CmsObjectIdentifiers.Data),
            new DerTaggedObject(isExplicit: false, 0, new DerSequence(ordered)),
            DerSet.Empty);
        return new DerSequence(CmsObjectIdentifiers.SignedData, new DerTaggedObject(isExplicit: true, 0, signedData)).GetDerEncoded();
    }

    /// <summary>The certificates of a SignedData as DER, in its order; none of another content.</summary>
    /// <param name="bundle">DER or BER.</param>
    public static IEnumerable<byte[]> Decode(byte[] bundle)
    {
        ContentInfo info = ContentInfo.GetInstance(Asn1Object.FromByteArray(bundle));
        if (!info.ContentType.Equals(CmsObjectIdentifiers.SignedData) || SignedData.GetInstance(info.Content).Certificates is not { } certificates)
            return [];
        // Attribute certificates and the like are tagged.
        return certificates.OfType<Asn1Sequence>().Select(certificate => certificate.GetEncoded(Asn1Encodable.Der));
    }
}

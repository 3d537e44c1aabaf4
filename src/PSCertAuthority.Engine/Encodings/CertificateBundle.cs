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
}

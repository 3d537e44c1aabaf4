using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Certificates;

/// <summary>The proof of possession of a request: its signature.</summary>
internal static class RequestSignature
{
    /// <exception cref="CaRequestException"><c>RequestSignatureWeak</c> or <c>RequestSignatureInvalid</c>.</exception>
    public static void Verify(Pkcs10CertificationRequest request, string source)
    {
        DerObjectIdentifier algorithm = request.SignatureAlgorithm.Algorithm;
        if (IsWeak(algorithm))
            throw CaRequestException.SignatureWeak(source, SignerUtilities.GetEncodingName(algorithm) ?? algorithm.Id);
        CertificationRequestInfo info = request.GetCertificationRequestInfo();
        bool valid = SignatureVerification.IsValid(
            info.SubjectPublicKeyInfo, request.SignatureAlgorithm, info.GetEncoded(Asn1Encodable.Der), request.Signature);
        if (!valid)
            throw CaRequestException.SignatureInvalid(source);
    }

    private static bool IsWeak(DerObjectIdentifier algorithm) =>
        algorithm.Equals(PkcsObjectIdentifiers.MD2WithRsaEncryption)
        || algorithm.Equals(PkcsObjectIdentifiers.MD4WithRsaEncryption)
        || algorithm.Equals(PkcsObjectIdentifiers.MD5WithRsaEncryption)
        || algorithm.Equals(PkcsObjectIdentifiers.Sha1WithRsaEncryption)
        || algorithm.Equals(X9ObjectIdentifiers.ECDsaWithSha1);
}

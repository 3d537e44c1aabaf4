using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Pkcs;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Certificates;

/// <summary>The proof of possession of a request: its signature.</summary>
internal static class RequestSignature
{
    /// <exception cref="CaRequestException"><c>RequestSignatureWeak</c> or <c>RequestSignatureInvalid</c>.</exception>
    public static void Verify(Pkcs10CertificationRequest request, string source)
    {
        if (SignatureDigest.FindWeak(request.SignatureAlgorithm) is { } digest)
            throw CaRequestException.SignatureWeak(source, digest);
        CertificationRequestInfo info = request.GetCertificationRequestInfo();
        bool valid = SignatureVerification.IsValid(
            info.SubjectPublicKeyInfo, request.SignatureAlgorithm, info.GetEncoded(Asn1Encodable.Der), request.Signature);
        if (!valid)
            throw CaRequestException.SignatureInvalid(source);
    }
}

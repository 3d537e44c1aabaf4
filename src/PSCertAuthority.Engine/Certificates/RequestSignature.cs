using System;
using System.IO;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Certificates;

/// <summary>The proof of possession of a request: its signature, checked by the platform where it has the algorithm.</summary>
internal static class RequestSignature
{
    public static void Verify(Pkcs10CertificationRequest request, KeySpecification key, string source)
    {
        DerObjectIdentifier algorithm = request.SignatureAlgorithm.Algorithm;
        if (IsWeak(algorithm))
            throw CaRequestException.SignatureWeak(source, SignerUtilities.GetEncodingName(algorithm) ?? algorithm.Id);
        bool valid;
        try
        {
            valid = VerifyByPlatform(request, key, algorithm) ?? request.Verify();
        }
        catch (Exception e) when (e is CryptographicException or CryptoException or SecurityUtilityException or IOException
                                      or ArgumentException or InvalidCastException or InvalidOperationException)
        {
            throw CaRequestException.SignatureInvalid(source, e);
        }

        if (!valid)
            throw CaRequestException.SignatureInvalid(source);
    }

    /// <summary>Null where the platform, or this build, has not the algorithm.</summary>
    private static bool? VerifyByPlatform(Pkcs10CertificationRequest request, KeySpecification key, DerObjectIdentifier algorithm)
    {
#if NET
        CertificationRequestInfo info = request.GetCertificationRequestInfo();
        byte[] signed = info.GetEncoded(Asn1Encodable.Der);
        byte[] signature = request.GetSignatureOctets();
        byte[] publicKey = info.SubjectPublicKeyInfo.GetEncoded(Asn1Encodable.Der);
        if (key.Type == KeyType.EC && EcdsaDigest(algorithm) is { } ecDigest)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return ecdsa.VerifyData(signed, signature, ecDigest, DSASignatureFormat.Rfc3279DerSequence);
        }

        if (key.Type == KeyType.RSA && RsaDigest(algorithm) is { } rsaDigest)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return rsa.VerifyData(signed, signature, rsaDigest, RSASignaturePadding.Pkcs1);
        }
#endif
        return null;
    }

#if NET
    private static HashAlgorithmName? EcdsaDigest(DerObjectIdentifier algorithm) =>
        algorithm.Equals(X9ObjectIdentifiers.ECDsaWithSha256) ? HashAlgorithmName.SHA256
        : algorithm.Equals(X9ObjectIdentifiers.ECDsaWithSha384) ? HashAlgorithmName.SHA384
        : algorithm.Equals(X9ObjectIdentifiers.ECDsaWithSha512) ? HashAlgorithmName.SHA512
        : null;

    private static HashAlgorithmName? RsaDigest(DerObjectIdentifier algorithm) =>
        algorithm.Equals(PkcsObjectIdentifiers.Sha256WithRsaEncryption) ? HashAlgorithmName.SHA256
        : algorithm.Equals(PkcsObjectIdentifiers.Sha384WithRsaEncryption) ? HashAlgorithmName.SHA384
        : algorithm.Equals(PkcsObjectIdentifiers.Sha512WithRsaEncryption) ? HashAlgorithmName.SHA512
        : null;
#endif

    private static bool IsWeak(DerObjectIdentifier algorithm) =>
        algorithm.Equals(PkcsObjectIdentifiers.MD2WithRsaEncryption)
        || algorithm.Equals(PkcsObjectIdentifiers.MD4WithRsaEncryption)
        || algorithm.Equals(PkcsObjectIdentifiers.MD5WithRsaEncryption)
        || algorithm.Equals(PkcsObjectIdentifiers.Sha1WithRsaEncryption)
        || algorithm.Equals(X9ObjectIdentifiers.ECDsaWithSha1);
}

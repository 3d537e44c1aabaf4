using System;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Security;
using PSCertAuthority.Encodings;
#if NET
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X9;
#endif

namespace PSCertAuthority.Keys;

/// <summary>Checks signatures: by the platform where it has the algorithm, which is many times faster, and by BouncyCastle where not.</summary>
internal static class SignatureVerification
{
    /// <summary>Whether the signature is the key's over the content; also false where key, algorithm or signature make no sense.</summary>
    public static bool IsValid(SubjectPublicKeyInfo publicKey, AlgorithmIdentifier algorithm, byte[] signed, DerBitString signature)
    {
        try
        {
            byte[] octets = signature.GetOctets();
            return VerifyByPlatform(publicKey, algorithm.Algorithm, signed, octets) ?? VerifyByBouncyCastle(publicKey, algorithm, signed, octets);
        }
        catch (Exception e) when (e is CryptographicException || Asn1Failure.IsMalformed(e))
        {
            return false;
        }
    }

    private static bool VerifyByBouncyCastle(SubjectPublicKeyInfo publicKey, AlgorithmIdentifier algorithm, byte[] signed, byte[] signature)
    {
        IStreamCalculator<IVerifier> calculator = new Asn1VerifierFactory(algorithm, PublicKeyFactory.CreateKey(publicKey)).CreateCalculator();
        using (System.IO.Stream stream = calculator.Stream)
            stream.Write(signed, 0, signed.Length);
        return calculator.GetResult().IsVerified(signature);
    }

    /// <summary>Null where the platform, or this build, has not the algorithm.</summary>
    private static bool? VerifyByPlatform(SubjectPublicKeyInfo publicKey, DerObjectIdentifier algorithm, byte[] signed, byte[] signature)
    {
#if NET
        if (EcdsaDigest(algorithm) is { } ecDigest && publicKey.Algorithm.Algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey))
        {
            // Importing checks the point; of other curves than these, none is taken.
            PublicKeyPolicy.SizeOfCurve(publicKey);
            using ECDsa ecdsa = Import(publicKey.GetEncoded(Asn1Encodable.Der));
            return ecdsa.VerifyData(signed, signature, ecDigest, DSASignatureFormat.Rfc3279DerSequence);
        }

        if (RsaDigest(algorithm) is { } rsaDigest && publicKey.Algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey.GetEncoded(Asn1Encodable.Der), out _);
            return rsa.VerifyData(signed, signature, rsaDigest, RSASignaturePadding.Pkcs1);
        }
#endif
        return null;
    }

#if NET
    private static ECDsa Import(byte[] subjectPublicKeyInfo)
    {
        if (OpenSslPublicKey.TryImport(subjectPublicKeyInfo) is { } key)
            return key;
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return ecdsa;
    }

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
}

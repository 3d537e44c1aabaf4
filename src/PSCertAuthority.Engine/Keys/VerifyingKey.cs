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

/// <summary>A public key that checks signatures: by the platform where it has the algorithm, which is many times faster, and by BouncyCastle where not.</summary>
/// <remarks>Reading a key takes as long as checking a signature: who checks many of one key keeps it. For one thread at a time.</remarks>
internal sealed class VerifyingKey(SubjectPublicKeyInfo publicKey) : IDisposable
{
#if NET
    private AsymmetricAlgorithm? _imported;
#endif

    /// <summary>Whether the signature is the key's over the content; also false where key, algorithm or signature make no sense.</summary>
    public bool IsValid(AlgorithmIdentifier algorithm, byte[] signed, DerBitString signature)
    {
        try
        {
            byte[] octets = signature.GetOctets();
#if NET
            if (VerifyByPlatform(algorithm.Algorithm, signed, octets) is { } valid)
                return valid;
#endif
            return VerifyByBouncyCastle(algorithm, signed, octets);
        }
        catch (Exception e) when (e is CryptographicException || Asn1Failure.IsMalformed(e))
        {
            return false;
        }
    }

    public void Dispose()
    {
#if NET
        _imported?.Dispose();
#endif
    }

    private bool VerifyByBouncyCastle(AlgorithmIdentifier algorithm, byte[] signed, byte[] signature)
    {
        IStreamCalculator<IVerifier> calculator = new Asn1VerifierFactory(algorithm, PublicKeyFactory.CreateKey(publicKey)).CreateCalculator();
        using (System.IO.Stream stream = calculator.Stream)
            stream.Write(signed, 0, signed.Length);
        return calculator.GetResult().IsVerified(signature);
    }

#if NET
    /// <summary>Null where the platform has not the algorithm.</summary>
    private bool? VerifyByPlatform(DerObjectIdentifier algorithm, byte[] signed, byte[] signature)
    {
        if (EcdsaDigest(algorithm) is { } ecDigest && publicKey.Algorithm.Algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey))
            return ((ECDsa)(_imported ??= ImportEllipticCurve())).VerifyData(signed, signature, ecDigest, DSASignatureFormat.Rfc3279DerSequence);
        if (RsaDigest(algorithm) is { } rsaDigest && publicKey.Algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            return ((RSA)(_imported ??= ImportRsa())).VerifyData(signed, signature, rsaDigest, RSASignaturePadding.Pkcs1);
        return null;
    }

    private ECDsa ImportEllipticCurve()
    {
        // Importing checks the point; of other curves than these, none is taken.
        PublicKeyPolicy.SizeOfCurve(publicKey);
        byte[] octets = publicKey.GetEncoded(Asn1Encodable.Der);
        if (OpenSslPublicKey.TryImport(octets) is { } key)
            return key;
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(octets, out _);
        return ecdsa;
    }

    private RSA ImportRsa()
    {
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey.GetEncoded(Asn1Encodable.Der), out _);
        return rsa;
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

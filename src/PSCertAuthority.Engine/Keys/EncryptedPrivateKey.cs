using System;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;

namespace PSCertAuthority.Keys;

/// <summary>
/// PKCS #8 EncryptedPrivateKeyInfo (RFC 5958) with PBES2 (RFC 8018): PBKDF2-HMAC-SHA256 and AES-256-CBC.
/// </summary>
internal static class EncryptedPrivateKey
{
    /// <summary>What OWASP's password storage sheet asks of PBKDF2-HMAC-SHA256 since 2023.</summary>
    public const int Iterations = 600_000;

    /// <summary>More than this in a file is taken for an attempt to keep the machine busy.</summary>
    private const int MaximumIterations = 100_000_000;

    public static byte[] Encrypt(byte[] privateKeyInfo, char[] password)
    {
        EncryptedContent encrypted = Pbes2.Encrypt(privateKeyInfo, password, Iterations);
        return new EncryptedPrivateKeyInfo(encrypted.Algorithm, encrypted.Octets).GetDerEncoded();
    }

    /// <summary>Opens what any common tool encrypted.</summary>
    /// <exception cref="CryptographicException">The password is wrong, or the content damaged.</exception>
    public static PrivateKeyInfo Decrypt(EncryptedPrivateKeyInfo encrypted, char[] password)
    {
        if (TryReadOwnScheme(encrypted.EncryptionAlgorithm) is not var (salt, iterations, iv))
            return DecryptOtherScheme(encrypted, password);

        byte[] clear = Pbes2.Decrypt(encrypted.GetEncryptedData(), password, salt, iterations, iv);
        try
        {
            return PrivateKeyInfo.GetInstance(Asn1Object.FromByteArray(clear));
        }
        catch (Exception e) when (e is ArgumentException or System.IO.IOException or InvalidCastException)
        {
            // One wrong password in 256 leaves padding that looks right.
            throw new CryptographicException("The decrypted bytes are no PrivateKeyInfo.", e);
        }
    }

    private static PrivateKeyInfo DecryptOtherScheme(EncryptedPrivateKeyInfo encrypted, char[] password)
    {
        try
        {
            return PrivateKeyInfoFactory.CreatePrivateKeyInfo(password, encrypted);
        }
        catch (Exception e) when (e is InvalidCipherTextException or ArgumentException or System.IO.IOException or InvalidCastException)
        {
            throw new CryptographicException("The private key could not be decrypted.", e);
        }
    }

    private static (byte[] Salt, int Iterations, byte[] Iv)? TryReadOwnScheme(AlgorithmIdentifier algorithm)
    {
        if (!algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdPbeS2))
            return null;
        PbeS2Parameters parameters = PbeS2Parameters.GetInstance(algorithm.Parameters);
        if (!parameters.KeyDerivationFunc.Algorithm.Equals(PkcsObjectIdentifiers.IdPbkdf2)
            || !parameters.EncryptionScheme.Algorithm.Equals(NistObjectIdentifiers.IdAes256Cbc))
            return null;
        Pbkdf2Params derivation = Pbkdf2Params.GetInstance(parameters.KeyDerivationFunc.Parameters);
        if (!derivation.Prf.Algorithm.Equals(PkcsObjectIdentifiers.IdHmacWithSha256))
            return null;
        if (derivation.IterationCount.CompareTo(Org.BouncyCastle.Math.BigInteger.ValueOf(MaximumIterations)) > 0)
            throw new CryptographicException("The iteration count is beyond all reason.");
        byte[] iv = Asn1OctetString.GetInstance(parameters.EncryptionScheme.Parameters).GetOctets();
        return (derivation.GetSalt(), derivation.IterationCount.IntValueExact, iv);
    }
}

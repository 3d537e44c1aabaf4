using System;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Keys;

/// <summary>Encryption with a password by PBES2 (RFC 8018): PBKDF2-HMAC-SHA256 and AES-256-CBC.</summary>
internal static class Pbes2
{
    public static EncryptedContent Encrypt(byte[] content, char[] password, int iterations)
    {
        byte[] salt = SystemRandom.GetBytes(16);
        using Aes aes = Aes.Create();
        aes.Key = DeriveKey(password, salt, iterations);
        aes.GenerateIV();
        using ICryptoTransform encryptor = aes.CreateEncryptor();
        byte[] encrypted = encryptor.TransformFinalBlock(content, 0, content.Length);

        var derivation = new KeyDerivationFunc(
            PkcsObjectIdentifiers.IdPbkdf2,
            new Pbkdf2Params(salt, iterations, 32, new AlgorithmIdentifier(PkcsObjectIdentifiers.IdHmacWithSha256, DerNull.Instance)));
        var scheme = new EncryptionScheme(NistObjectIdentifiers.IdAes256Cbc, new DerOctetString(aes.IV));
        return new EncryptedContent(
            new AlgorithmIdentifier(PkcsObjectIdentifiers.IdPbeS2, new PbeS2Parameters(derivation, scheme)), encrypted);
    }

    /// <exception cref="CryptographicException">The password is wrong, or the content damaged.</exception>
    public static byte[] Decrypt(byte[] encrypted, char[] password, byte[] salt, int iterations, byte[] iv)
    {
        using Aes aes = Aes.Create();
        aes.Key = DeriveKey(password, salt, iterations);
        aes.IV = iv;
        using ICryptoTransform decryptor = aes.CreateDecryptor();
        return decryptor.TransformFinalBlock(encrypted, 0, encrypted.Length);
    }

    /// <summary>PBKDF2-HMAC-SHA256 (RFC 8018, section 5.2): a key of 32 octets.</summary>
    public static byte[] DeriveKey(char[] password, byte[] salt, int iterations)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(password);
        try
        {
#if NET
            return Rfc2898DeriveBytes.Pbkdf2(utf8, salt, iterations, HashAlgorithmName.SHA256, 32);
#else
            var generator = new Org.BouncyCastle.Crypto.Generators.Pkcs5S2ParametersGenerator(
                new Org.BouncyCastle.Crypto.Digests.Sha256Digest());
            generator.Init(utf8, salt, iterations);
            return ((Org.BouncyCastle.Crypto.Parameters.KeyParameter)generator.GenerateDerivedMacParameters(256)).GetKey();
#endif
        }
        finally
        {
            Array.Clear(utf8, 0, utf8.Length);
        }
    }
}

using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace PSCertAuthority.Keys;

/// <summary>AES-256-GCM (NIST SP 800-38D): nobody reads the content without the key, and nobody changes it unseen.</summary>
internal static class AuthenticatedCipher
{
    public const int KeyOctets = 32;
    private const int NonceOctets = 12;
    private const int TagBits = 128;

    /// <summary>A fresh nonce, the ciphertext and its tag.</summary>
    public static byte[] Encrypt(byte[] key, byte[] content, byte[] associated)
    {
        byte[] nonce = SystemRandom.GetBytes(NonceOctets);
        return [.. nonce, .. Process(forEncryption: true, key, nonce, associated, content, 0)];
    }

    /// <exception cref="CryptographicException">The key is another one, or the content was changed.</exception>
    public static byte[] Decrypt(byte[] key, byte[] content, byte[] associated)
    {
        if (content.Length < NonceOctets)
            throw new CryptographicException("The content is too short.");
        byte[] nonce = new byte[NonceOctets];
        System.Array.Copy(content, nonce, NonceOctets);
        try
        {
            return Process(forEncryption: false, key, nonce, associated, content, NonceOctets);
        }
        catch (InvalidCipherTextException e)
        {
            throw new CryptographicException("The content does not open.", e);
        }
    }

    private static byte[] Process(bool forEncryption, byte[] key, byte[] nonce, byte[] associated, byte[] input, int offset)
    {
        var cipher = new GcmBlockCipher(new AesEngine());
        cipher.Init(forEncryption, new AeadParameters(new KeyParameter(key), TagBits, nonce, associated));
        byte[] output = new byte[cipher.GetOutputSize(input.Length - offset)];
        int written = cipher.ProcessBytes(input, offset, input.Length - offset, output, 0);
        cipher.DoFinal(output, written);
        return output;
    }
}

using System;
using System.IO;
using System.Linq;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Settings;

/// <summary>Seals a password for the store with AES-256-GCM, under a key that lies with the private keys and never in the store.</summary>
internal sealed class SettingSecret(byte[] key)
{
    /// <summary>The key's file in the key directory.</summary>
    public const string FileName = "settings.key";

    private const int KeyOctets = 32;
    private const int NonceOctets = 12;
    private const int TagBits = 128;

    /// <summary>A key for a store that has none.</summary>
    public static byte[] CreateKey() => SystemRandom.GetBytes(KeyOctets);

    /// <summary>The text as base64 of nonce, ciphertext and tag.</summary>
    public string Seal(string name, char[] secret)
    {
        byte[] clear = Encoding.UTF8.GetBytes(secret);
        byte[] nonce = SystemRandom.GetBytes(NonceOctets);
        byte[] cipher = Process(forEncryption: true, name, nonce, clear, 0, clear.Length);
        Array.Clear(clear, 0, clear.Length);
        return Convert.ToBase64String([.. nonce, .. cipher]);
    }

    /// <exception cref="CaSettingException"><c>SettingSecretUnreadable</c>.</exception>
    public string Open(string name, string sealedText, string keyFile)
    {
        try
        {
            byte[] content = Convert.FromBase64String(sealedText);
            byte[] nonce = [.. content.Take(NonceOctets)];
            return Encoding.UTF8.GetString(Process(forEncryption: false, name, nonce, content, NonceOctets, content.Length - NonceOctets));
        }
        catch (Exception e) when (e is InvalidCipherTextException or FormatException or ArgumentException)
        {
            throw CaSettingException.SecretUnreadable(name, keyFile, e);
        }
    }

    /// <exception cref="CaSettingException"><c>SettingSecretUnreadable</c>: the key is not here.</exception>
    public static SettingSecret Read(string name, string keyFile)
    {
        try
        {
            byte[] key = File.ReadAllBytes(keyFile);
            return key.Length == KeyOctets ? new SettingSecret(key) : throw CaSettingException.SecretUnreadable(name, keyFile, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaSettingException.SecretUnreadable(name, keyFile, e);
        }
    }

    private byte[] Process(bool forEncryption, string name, byte[] nonce, byte[] input, int offset, int length)
    {
        var cipher = new GcmBlockCipher(new AesEngine());
        cipher.Init(forEncryption, new AeadParameters(new KeyParameter(key), TagBits, nonce, Encoding.ASCII.GetBytes(name)));
        byte[] output = new byte[cipher.GetOutputSize(length)];
        int written = cipher.ProcessBytes(input, offset, length, output, 0);
        cipher.DoFinal(output, written);
        return output;
    }
}

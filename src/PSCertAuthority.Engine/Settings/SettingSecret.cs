using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Settings;

/// <summary>Seals a password for the store with AES-256-GCM, under a key that lies with the private keys and never in the store.</summary>
internal sealed class SettingSecret(byte[] key)
{
    /// <summary>The key's file in the key directory.</summary>
    public const string FileName = "settings.key";

    /// <summary>A key for a store that has none.</summary>
    public static byte[] CreateKey() => SystemRandom.GetBytes(AuthenticatedCipher.KeyOctets);

    /// <summary>The sealed text in base64.</summary>
    public string Seal(string name, char[] secret)
    {
        byte[] clear = Encoding.UTF8.GetBytes(secret);
        byte[] cipher = AuthenticatedCipher.Encrypt(key, clear, Encoding.ASCII.GetBytes(name));
        Array.Clear(clear, 0, clear.Length);
        return Convert.ToBase64String(cipher);
    }

    /// <exception cref="CaSettingException"><c>SettingSecretUnreadable</c>.</exception>
    public string Open(string name, string sealedText, string keyFile)
    {
        try
        {
            return Encoding.UTF8.GetString(AuthenticatedCipher.Decrypt(key, Convert.FromBase64String(sealedText), Encoding.ASCII.GetBytes(name)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
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
            return key.Length == AuthenticatedCipher.KeyOctets ? new SettingSecret(key) : throw CaSettingException.SecretUnreadable(name, keyFile, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaSettingException.SecretUnreadable(name, keyFile, e);
        }
    }
}

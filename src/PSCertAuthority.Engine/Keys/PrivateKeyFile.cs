using System;
using System.IO;
using System.Security;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Keys;

/// <summary>Private keys as files: written as PKCS #8 PEM (RFC 7468), read in every common form.</summary>
internal static class PrivateKeyFile
{
    private const string Clear = "PRIVATE KEY";
    private const string Encrypted = "ENCRYPTED PRIVATE KEY";

    /// <summary>The content of a key file, encrypted where a password is given.</summary>
    public static byte[] Encode(PrivateKey key, SecureString? password)
    {
        byte[] pkcs8 = key.ExportPkcs8();
        try
        {
            if (password is null)
                return Pem.Encode(Clear, pkcs8);
            using var text = new PasswordText(password);
            return Pem.Encode(Encrypted, EncryptedPrivateKey.Encrypt(pkcs8, text.Characters));
        }
        finally
        {
            Array.Clear(pkcs8, 0, pkcs8.Length);
        }
    }

    /// <summary>Reads a key file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password; null where it has none.</param>
    /// <param name="owner">Whose key it is, for the error, such as <c>authority 'Root'</c>.</param>
    /// <exception cref="CaKeyException">The file is missing, unreadable, no key, or the password does not open it.</exception>
    public static PrivateKey Read(string path, SecureString? password, string owner)
    {
        byte[] content = ReadBytes(path, owner);
        using PasswordText? text = password is null ? null : new PasswordText(password);
        try
        {
            return new PrivateKey(Decode(content, path, text?.Characters));
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw KeyErrors.FileInvalid(path, e);
        }
        finally
        {
            Array.Clear(content, 0, content.Length);
        }
    }

    /// <summary>Reads the key file that belongs to a public key.</summary>
    /// <inheritdoc cref="Read" path="/param|/exception"/>
    public static PrivateKey ReadMatching(string path, SecureString? password, string owner, SubjectPublicKeyInfo publicKey)
    {
        PrivateKey key = Read(path, password, owner);
        if (key.Matches(publicKey))
            return key;
        key.Dispose();
        throw KeyErrors.Mismatch(path, owner);
    }

    private static PrivateKeyInfo Decode(byte[] content, string path, char[]? password)
    {
        foreach (PemBlock block in Pem.Decode(content))
        {
            if (block.Label == Clear)
                return PrivateKeyInfo.GetInstance(block.Content);
            if (block.Label == Encrypted)
                return Decrypt(EncryptedPrivateKeyInfo.GetInstance(block.Content), path, password);
            if (block.Label.EndsWith(" PRIVATE KEY", StringComparison.Ordinal))
                return TraditionalPrivateKey.DecodePem(content, block.Label, path, password);
        }

        return DecodeDer(content, path, password);
    }

    private static PrivateKeyInfo DecodeDer(byte[] content, string path, char[]? password)
    {
        Asn1Sequence sequence = Asn1Sequence.GetInstance(Asn1Object.FromByteArray(content));
        return sequence.Count > 0 && sequence[0] is Asn1Sequence
            ? Decrypt(EncryptedPrivateKeyInfo.GetInstance(sequence), path, password)
            : TraditionalPrivateKey.TryDecodeDer(sequence) ?? PrivateKeyInfo.GetInstance(sequence);
    }

    private static PrivateKeyInfo Decrypt(EncryptedPrivateKeyInfo encrypted, string path, char[]? password)
    {
        if (password is null)
            throw KeyErrors.PasswordRequired(path);
        try
        {
            return EncryptedPrivateKey.Decrypt(encrypted, password);
        }
        catch (CryptographicException e)
        {
            throw KeyErrors.PasswordWrong(path, e);
        }
    }

    private static byte[] ReadBytes(string path, string owner)
    {
        try
        {
            return InputFile.Read(path, InputFile.LargestObject);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw KeyErrors.FileMissing(path, owner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KeyErrors.FileUnreadable(path, e);
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Keys;

/// <summary>
/// Keys that are known to be in other hands: a text file with SHA-256 of a SubjectPublicKeyInfo in each line, hexadecimal or base64 as in pins (RFC 7469); what follows a # is a comment.
/// </summary>
internal sealed class KeyBlockList
{
    private const int LargestFile = 1 << 28;
    private const int DigestLength = 32;

    private readonly HashSet<string> _hashes;

    private KeyBlockList(HashSet<string> hashes) => _hashes = hashes;

    /// <summary>Reads the file; without one, no key is blocked.</summary>
    /// <exception cref="CaKeyException"><c>KeyBlockListUnreadable</c> or <c>KeyBlockListInvalid</c>.</exception>
    public static KeyBlockList Read(string? path)
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        if (path is null)
            return new KeyBlockList(hashes);
        int number = 0;
        using var lines = new StreamReader(new MemoryStream(ReadBytes(path)), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            number++;
            string text = line.Split('#')[0].Trim();
            if (text.Length > 0)
                hashes.Add(Decode(text) ?? throw KeyErrors.BlockListInvalid(path, number));
        }

        return new KeyBlockList(hashes);
    }

    /// <summary>The hash by which a key is listed: that of the encoding in which it is certified.</summary>
    public static string HashOf(SubjectPublicKeyInfo publicKey)
    {
        using var algorithm = SHA256.Create();
        return Convert.ToBase64String(algorithm.ComputeHash(CertifiableKey.Normalize(publicKey).GetDerEncoded()));
    }

    /// <exception cref="CaKeyException"><c>KeyBlocked</c>.</exception>
    public void Require(SubjectPublicKeyInfo publicKey)
    {
        if (_hashes.Count > 0 && HashOf(publicKey) is var hash && _hashes.Contains(hash))
            throw KeyErrors.Blocked(hash);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: 0 } ? [] : InputFile.Read(path, LargestFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KeyErrors.BlockListUnreadable(path, e);
        }
    }

    private static string? Decode(string text)
    {
        string hex = text.Replace(":", string.Empty);
        try
        {
            byte[] bytes = hex.Length == 2 * DigestLength && hex.All(Uri.IsHexDigit)
                ? [.. Enumerable.Range(0, DigestLength).Select(i => Convert.ToByte(hex.Substring(2 * i, 2), 16))]
                : Convert.FromBase64String(text);
            return bytes.Length == DigestLength ? Convert.ToBase64String(bytes) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

using System;
using System.Security.Cryptography;

namespace PSCertAuthority.Certificates;

/// <summary>Digests over a certificate or a public key, as administrators compare them.</summary>
internal static class Fingerprints
{
    public static string Sha256(byte[] content)
    {
        using var algorithm = SHA256.Create();
        return ToHex(algorithm.ComputeHash(content));
    }

    public static string Sha256(ArraySegment<byte> content)
    {
        using var algorithm = SHA256.Create();
        return ToHex(algorithm.ComputeHash(content.Array!, content.Offset, content.Count));
    }

    public static string Sha512(byte[] content)
    {
        using var algorithm = SHA512.Create();
        return ToHex(algorithm.ComputeHash(content));
    }

    /// <summary>The thumbprint that Windows shows. It identifies a certificate; nothing is secured by it.</summary>
    public static string Sha1(byte[] content)
    {
#pragma warning disable CA5350 // An identifier by long custom, not a protection.
        using var algorithm = SHA1.Create();
#pragma warning restore CA5350
        return ToHex(algorithm.ComputeHash(content));
    }

    /// <summary>The pin of a SubjectPublicKeyInfo (RFC 7469, section 2.4): its SHA-256 in base64.</summary>
    public static string Pin(byte[] subjectPublicKeyInfo)
    {
        using var algorithm = SHA256.Create();
        return Convert.ToBase64String(algorithm.ComputeHash(subjectPublicKeyInfo));
    }

    /// <summary>A key identifier of RFC 7093, section 2, method 1: the first 160 bits of SHA-256 over the public key's bits.</summary>
    public static byte[] KeyIdentifier(byte[] publicKeyBits)
    {
        using var algorithm = SHA256.Create();
        byte[] identifier = new byte[20];
        Array.Copy(algorithm.ComputeHash(publicKeyBits), identifier, identifier.Length);
        return identifier;
    }

    internal static string ToHex(byte[] bytes) => BitConverter.ToString(bytes).Replace('-', ':');
}

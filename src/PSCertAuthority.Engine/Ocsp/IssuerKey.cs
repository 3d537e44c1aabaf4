using System;
using System.Security.Cryptography;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Ocsp;

/// <summary>
/// The name and the key that an issuer signs with: what a signature is verified by, whatever the authority is called in a store and whatever number it has there.
/// A renewal with the same key keeps both; one with a new key keeps the name.
/// </summary>
/// <param name="Name">SHA-256 over the encoded subject.</param>
/// <param name="Key">SHA-256 over the encoded SubjectPublicKeyInfo.</param>
internal sealed record IssuerKey(string Name, string Key)
{
    /// <summary>That of an authority's certificate.</summary>
    public static IssuerKey Of(DecodedCertificate authority) => new(Digest(authority.SubjectName.GetEncoded("DER")), Digest(authority.PublicKey.GetEncoded("DER")));

    /// <summary>Whether both are of one authority, which may have had several keys.</summary>
    public bool IsSameAuthority(IssuerKey other) => Name == other.Name;

    /// <summary>Both, as the pipe between a responder and the session that started it has them.</summary>
    public override string ToString() => $"{Name}.{Key}";

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static IssuerKey? Parse(string? text) => text?.Split('.') is [{ Length: > 0 } name, { Length: > 0 } key] ? new IssuerKey(name, key) : null;

    private static string Digest(byte[] content)
    {
        using var sha256 = SHA256.Create();
        return BitConverter.ToString(sha256.ComputeHash(content)).Replace("-", string.Empty);
    }
}

using System;
using System.Collections.Generic;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate request (CSR) is none, is damaged, or does not prove possession of its key.</summary>
public sealed class CaRequestException : CaException
{
    private CaRequestException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause = null)
        : base(errorId, category, message, target, cause)
    {
    }

    internal static CaRequestException NotARequest(string source) => new(
        "RequestInvalid", CaErrorCategory.InvalidData,
        $"{source} is no certificate request: neither PEM ('-----BEGIN CERTIFICATE REQUEST-----') nor DER. Give the file that 'openssl req' or New-CaCertificateRequest wrote.", source);

    internal static CaRequestException OtherPem(string source, IEnumerable<string> labels) => new(
        "RequestWrongPem", CaErrorCategory.InvalidData,
        $"{source} holds {string.Join(", ", labels)}, but no CERTIFICATE REQUEST. Give the file with the request.", source);

    internal static CaRequestException Damaged(string source, Exception? cause) => new(
        "RequestDamaged", CaErrorCategory.InvalidData,
        $"The certificate request in {source} is damaged: it is not encoded as RFC 2986 wants it. Have it made again.", source, cause);

    internal static CaRequestException SignatureInvalid(string source, Exception? cause = null) => new(
        "RequestSignatureInvalid", CaErrorCategory.PermissionDenied,
        $"The signature of the certificate request in {source} is wrong: whoever made it does not prove to hold its key. Have it made again by who holds the key.", source, cause);

    internal static CaRequestException SignatureWeak(string source, string digest) => new(
        "RequestSignatureWeak", CaErrorCategory.PermissionDenied,
        $"The certificate request in {source} is signed with the digest {digest}, which is too weak to prove anything today. Sign it with SHA-256, SHA-384 or SHA-512.", source);

    internal static CaRequestException ExtensionsTwice() => new(
        "RequestExtensionsTwice", CaErrorCategory.InvalidData,
        "The certificate request has more than one list of extensions (RFC 2985, section 5.4.2, allows one), so that nobody can tell which one is meant. Have it made with one.", null);

    internal static CaRequestException Unreadable(string path, Exception cause) => new(
        "RequestFileUnreadable", CaErrorCategory.ReadError,
        $"The file '{path}' could not be read: {cause.Message}", path, cause);

    internal static CaRequestException TooLarge(string source) => new(
        "RequestTooLarge", CaErrorCategory.InvalidData,
        $"{source} is larger than any certificate request: over 1 MiB. Give the file with the request alone.", source);
}

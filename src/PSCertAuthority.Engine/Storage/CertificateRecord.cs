using System;
using System.Collections.Generic;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Storage;

/// <summary>An issued end-entity certificate as the store keeps it. Times are UTC, whole seconds.</summary>
internal sealed record CertificateRecord
{
    /// <summary>Upper-case hexadecimal, an even number of digits, no colons, no leading 00 octet; unique within the authority.</summary>
    public required string SerialNumber { get; init; }

    public required int AuthorityId { get; init; }

    /// <summary>Under which number it was read from the store; null where it was not.</summary>
    public long? Number { get; init; }

    /// <summary>The subject as it is printed.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject's common name, or empty.</summary>
    public required string CommonName { get; init; }

    /// <summary>The name of the profile that it was issued under, or empty.</summary>
    public required string Profile { get; init; }

    public required DateTime NotBefore { get; init; }

    public required DateTime NotAfter { get; init; }

    public required DateTime IssuedAt { get; init; }

    public IReadOnlyList<string> Watchers { get; init; } = [];

    /// <summary>The key of the certificate whose place it took; null for none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The key of the certificate that took its place; null for none.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Whether one of our servers has its key in memory, and replaces it by itself.</summary>
    public bool IsServerManaged { get; init; }

    /// <summary>Null while it is not revoked.</summary>
    public RevocationRecord? Revocation { get; init; }

    /// <summary>How the audit records name it.</summary>
    public string AuditName => $"{SerialNumbers.ToPrinted(SerialNumber)} {Subject}";

    /// <summary>The certificate, DER.</summary>
    public required byte[] Certificate { get; init; }
}

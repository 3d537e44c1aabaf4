using System;
using System.Collections.Generic;

namespace PSCertAuthority.Storage;

/// <summary>An authority as the store keeps it. Times are UTC, whole seconds.</summary>
internal sealed record AuthorityRecord
{
    /// <summary>The store's own number of it, 1 upwards, never given again; 0 before it was inserted.</summary>
    public int Id { get; init; }

    /// <summary>The name that the administrator gave; unique in the store, whatever the case.</summary>
    public required string Name { get; init; }

    /// <summary>Upper-case hexadecimal, an even number of digits, no colons, no leading 00 octet.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The <see cref="Id"/> of the issuing authority; null for a root.</summary>
    public int? ParentId { get; init; }

    /// <summary>The subject as it is printed.</summary>
    public required string Subject { get; init; }

    public required string CommonName { get; init; }

    public bool Enabled { get; init; } = true;

    public required DateTime NotBefore { get; init; }

    public required DateTime NotAfter { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The certificate, DER; empty while it is pending.</summary>
    public required byte[] Certificate { get; init; }

    /// <summary>The key file's name within the key directory, or an absolute path.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Whether it was stored without its key, which somebody else keeps. A key that was here and is not is lost.</summary>
    public bool KeyIsElsewhere { get; init; }

    /// <summary>The name of the digest that it signs with: sha256, sha384 or sha512; empty for EdDSA.</summary>
    public required string DigestAlgorithm { get; init; }

    public IReadOnlyList<string> CrlUrls { get; init; } = [];

    public IReadOnlyList<string> DeltaCrlUrls { get; init; } = [];

    public IReadOnlyList<string> OcspUrls { get; init; } = [];

    public IReadOnlyList<string> IssuerUrls { get; init; } = [];

    public IReadOnlyList<string> IssuerAlternativeNames { get; init; } = [];

    /// <summary>The highest CRL number given out; 0 before the first.</summary>
    public long LastCrlNumber { get; init; }

    /// <summary>What its files are named after, which stays with the key; null while that is <see cref="Name"/>.</summary>
    public string? FileName { get; init; }

    /// <summary>Which key of its subject name it has: 1 for the first.</summary>
    public int KeyNumber { get; init; } = 1;

    /// <summary>The <see cref="Id"/> of the authority with a new key that took its place; null while it issues itself.</summary>
    public int? ReplacedById { get; init; }

    public RevocationRecord? Revocation { get; init; }

    /// <summary>The request for its certificate, DER, where its issuer is elsewhere and has not answered yet; else null.</summary>
    public byte[]? Request { get; init; }

    /// <summary>The <see cref="Id"/> of the authority whose place it takes with its new key, once its certificate is there; null for none.</summary>
    public int? SucceedsId { get; init; }

    /// <summary>Its other certificates whose issuers are not in the store, DER; those of issuers in the store are with what these issued.</summary>
    public IReadOnlyList<byte[]> FormerCertificates { get; init; } = [];

    /// <summary>Whether its certificate is still to come.</summary>
    public bool IsPending => Request is not null;
}

using System;
using System.Collections.Generic;
using System.Security;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Authorities;

/// <summary>Which authority to make.</summary>
public sealed record AuthorityRequest
{
    /// <summary>Its name in the store.</summary>
    public required string Name { get; init; }

    /// <summary>Its subject; the name becomes the common name where it has none.</summary>
    public DistinguishedName Subject { get; init; } = DistinguishedName.Empty;

    /// <summary>Who issues it; null for a root.</summary>
    public AuthorityIdentity? Parent { get; init; }

    /// <summary>The password of the parent's key, where it has one.</summary>
    public SecureString? ParentPassword { get; init; }

    /// <summary>Which key to make.</summary>
    public required KeySpecification Key { get; init; }

    /// <summary>The password that encrypts its key; null leaves it readable to its owner.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The digest that it will sign with; null takes what fits the key.</summary>
    public DigestAlgorithm? Digest { get; init; }

    /// <summary>The validity in days; null takes 3650.</summary>
    public int? ValidDays { get; init; }

    /// <summary>The end; goes before <see cref="ValidDays"/>. Without a kind it is local time.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>How many authorities may follow below it; null without a limit.</summary>
    public int? PathLength { get; init; } = 0;

    /// <summary>The names it may issue and those it may not.</summary>
    public NameConstraints? NameConstraints { get; init; }

    /// <summary>CRL URLs in its own certificate; null takes those that the parent writes into what it issues.</summary>
    public IReadOnlyList<string>? OwnCrlUrls { get; init; }

    /// <summary>OCSP URLs in its own certificate; null takes those of the parent.</summary>
    public IReadOnlyList<string>? OwnOcspUrls { get; init; }

    /// <summary>URLs of the parent's certificate in its own; null takes those of the parent.</summary>
    public IReadOnlyList<string>? OwnIssuerUrls { get; init; }

    /// <summary>What it writes into what it issues.</summary>
    public AuthorityUrls Urls { get; init; } = new();
}

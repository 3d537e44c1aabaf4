using System;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Revocation;

/// <summary>Which CRL to make.</summary>
public sealed record CrlRequest
{
    /// <summary>Whose.</summary>
    public required AuthorityIdentity Authority { get; init; }

    /// <summary>The password of its key, where it has one.</summary>
    public SecureString? Password { get; init; }

    /// <summary>How long it is valid; over zero, ten years at most.</summary>
    public required TimeSpan ValidFor { get; init; }

    /// <summary>The digest of its signature; null takes the authority's.</summary>
    public DigestAlgorithm? Digest { get; init; }

    /// <summary>Everything, or what changed.</summary>
    public CrlKind Kind { get; init; }

    /// <summary>What it is about.</summary>
    public CrlScope Scope { get; init; } = CrlScope.Everything;
}

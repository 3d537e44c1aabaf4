using System.Collections.Generic;

namespace PSCertAuthority.Authorities;

/// <summary>What an authority writes into the certificates it issues; null leaves what it has.</summary>
public sealed record AuthorityUrls
{
    /// <summary>The URLs of its CRL.</summary>
    public IReadOnlyList<string>? Crl { get; init; }

    /// <summary>The URLs of its delta CRLs (freshestCRL); they stand in its complete CRLs too.</summary>
    public IReadOnlyList<string>? DeltaCrl { get; init; }

    /// <summary>The URLs of its OCSP responder.</summary>
    public IReadOnlyList<string>? Ocsp { get; init; }

    /// <summary>The URLs of its own certificate.</summary>
    public IReadOnlyList<string>? Issuer { get; init; }

    /// <summary>Its alternative names (RFC 5280, section 4.2.1.7).</summary>
    public IReadOnlyList<string>? IssuerAlternativeName { get; init; }
}

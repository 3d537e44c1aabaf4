using System;
using System.Collections.Generic;
using System.Security;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Authorities;

/// <summary>How an authority is to be renewed. It keeps subject, path length, usages, policies and name constraints.</summary>
public sealed record AuthorityRenewalRequest
{
    /// <summary>Which authority.</summary>
    public required AuthorityIdentity Authority { get; init; }

    /// <summary>The password of its present key, where it has one; asked for only where that key signs.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The password of the parent's key, where it has one.</summary>
    public SecureString? ParentPassword { get; init; }

    /// <summary>What becomes of its key.</summary>
    public AuthorityKey Key { get; init; } = AuthorityKey.Keep;

    /// <summary>The kind of a new key; null takes that of the present one.</summary>
    public KeySpecification? NewKey { get; init; }

    /// <summary>The password that encrypts a new key; null leaves it readable to its owner.</summary>
    public SecureString? NewPassword { get; init; }

    /// <summary>Under which name the authority with the present key goes on; null numbers it, as <c>Root-1</c>.</summary>
    public string? PreviousName { get; init; }

    /// <summary>What becomes of its present certificate, where the key stays.</summary>
    public RenewedCertificate Present { get; init; } = RenewedCertificate.Keep;

    /// <summary>The full path of the file for a request to an issuer elsewhere; null renews by the issuer in the store, or by itself.</summary>
    public string? RequestPath { get; init; }

    /// <summary>Whether a file with the request may be replaced.</summary>
    public bool OverwriteRequest { get; init; }

    /// <summary>The digest that it will sign with; null leaves it, or takes what fits a new key.</summary>
    public DigestAlgorithm? Digest { get; init; }

    /// <summary>The validity in days; null takes that of the present certificate.</summary>
    public int? ValidDays { get; init; }

    /// <summary>The end; goes before <see cref="ValidDays"/>. Without a kind it is local time.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>CRL URLs in its own certificate; null takes those that the parent writes, or those it had.</summary>
    public IReadOnlyList<string>? OwnCrlUrls { get; init; }

    /// <summary>OCSP URLs in its own certificate; null takes those of the parent, or those it had.</summary>
    public IReadOnlyList<string>? OwnOcspUrls { get; init; }

    /// <summary>URLs of the parent's certificate in its own; null takes those of the parent, or those it had.</summary>
    public IReadOnlyList<string>? OwnIssuerUrls { get; init; }

    /// <summary>What it writes into what it issues from now on.</summary>
    public AuthorityUrls Urls { get; init; } = new();
}

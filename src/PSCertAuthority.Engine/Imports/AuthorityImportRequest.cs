using System.Collections.Generic;
using System.Security;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Imports;

/// <summary>Which authority to take over from elsewhere.</summary>
public sealed record AuthorityImportRequest
{
    /// <summary>Where it is.</summary>
    public required AuthoritySource Source { get; init; }

    /// <summary>Its name in the store; null takes the common name of its certificate, or the name it had.</summary>
    public string? Name { get; init; }

    /// <summary>The password that opens the key; it goes on to protect it here.</summary>
    public SecureString? Password { get; init; }

    /// <summary>Another password that protects the key here; null takes <see cref="Password"/>.</summary>
    public SecureString? NewPassword { get; init; }

    /// <summary>The number of the last CRL that it signed elsewhere, so that none is used again; null where the source says it, or there was none.</summary>
    public long? LastCrlNumber { get; init; }

    /// <summary>Full paths of complete CRLs that it signed elsewhere: their revocations are taken over, and its CRL numbers go on after theirs.</summary>
    public IReadOnlyList<string> CrlPaths { get; init; } = [];

    /// <summary>Whether the certificate becomes the present one of an authority that is in the store, also where that is newer or of another issuer.</summary>
    public bool Force { get; init; }

    /// <summary>What it writes into what it issues from now on.</summary>
    public AuthorityUrls Urls { get; init; } = new();
}

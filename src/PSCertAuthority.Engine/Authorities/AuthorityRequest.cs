using System;
using System.Collections.Generic;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
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

    /// <summary>Which key to make; where there is a <see cref="Request"/>, its key counts.</summary>
    public required KeySpecification Key { get; init; }

    /// <summary>The request of an authority that is elsewhere and has its own key; null makes a key here. Its subject counts where <see cref="Subject"/> is empty; extensions come from here alone.</summary>
    public CaCertificateRequest? Request { get; init; }

    /// <summary>The full path of the file for the request to an issuer elsewhere; null where the authority gets its certificate at once.</summary>
    public string? RequestPath { get; init; }

    /// <summary>Whether a file with the request may be replaced.</summary>
    public bool OverwriteRequest { get; init; }

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

    /// <summary>Whether who does not know name constraints must refuse the chain, as RFC 5280, section 4.2.1.10 wants it.</summary>
    public bool NameConstraintsCritical { get; init; } = true;

    /// <summary>Key usages beside keyCertSign and cRLSign.</summary>
    public X509KeyUsageFlags KeyUsage { get; init; }

    /// <summary>The extended key usages, as dotted OIDs, that it and those below it may have; an empty list does not limit them.</summary>
    public IReadOnlyList<string> ExtendedKeyUsage { get; init; } = [];

    /// <summary>Whether the extended key usage is critical.</summary>
    public bool ExtendedKeyUsageCritical { get; init; }

    /// <summary>The certificate policies.</summary>
    public IReadOnlyList<CertificatePolicy> CertificatePolicies { get; init; } = [];

    /// <summary>What limits the policies of the certificates below it.</summary>
    public PolicyLimits PolicyLimits { get; init; } = new();

    /// <summary>Further extensions, of OIDs that are not written here by themselves.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; init; } = [];

    /// <summary>CRL URLs in its own certificate; null takes those that the parent writes into what it issues.</summary>
    public IReadOnlyList<string>? OwnCrlUrls { get; init; }

    /// <summary>OCSP URLs in its own certificate; null takes those of the parent.</summary>
    public IReadOnlyList<string>? OwnOcspUrls { get; init; }

    /// <summary>URLs of the parent's certificate in its own; null takes those of the parent.</summary>
    public IReadOnlyList<string>? OwnIssuerUrls { get; init; }

    /// <summary>What it writes into what it issues.</summary>
    public AuthorityUrls Urls { get; init; } = new();
}

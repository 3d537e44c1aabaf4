using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Profiles;

/// <summary>What a certificate may be used for and what it takes over where the request says nothing.</summary>
public sealed record CertificateProfile
{
    /// <summary>The profile's name, in lower case.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The key usages (RFC 5280, section 4.2.1.3).</summary>
    public X509KeyUsageFlags KeyUsage { get; init; }

    /// <summary>Whether the key usage extension is critical.</summary>
    public bool KeyUsageCritical { get; init; } = true;

    /// <summary>The extended key usages (RFC 5280, section 4.2.1.12): names such as serverAuth, and OIDs that have none.</summary>
    public IReadOnlyList<string> ExtendedKeyUsage { get; init; } = [];

    /// <summary>Whether the extended key usage extension is critical.</summary>
    public bool ExtendedKeyUsageCritical { get; init; }

    /// <summary>Whether the common name goes into the subject alternative name.</summary>
    public bool CommonNameInSubjectAlternativeName { get; init; } = true;

    /// <summary>Whether the certificate carries id-pkix-ocsp-nocheck (RFC 6960, section 4.2.2.2.1).</summary>
    public bool OcspNoCheck { get; init; }

    /// <summary>The validity in days; null takes the default of the store.</summary>
    public int? ValidDays { get; init; }

    /// <summary>What the subject takes over where the request says nothing.</summary>
    public DistinguishedName Subject { get; init; } = DistinguishedName.Empty;

    /// <summary>The kinds of key that are certified; empty for all.</summary>
    public IReadOnlyList<KeyType> AllowedKeyTypes { get; init; } = [];

    /// <summary>The smallest RSA key that is certified, in bits.</summary>
    public int MinimumRsaSize { get; init; } = KeySpecification.MinimumRsaSize;

    /// <summary>Whether certificates may be issued under it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether every store begins with it, so that it can be restored.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>The key usages that a request may ask for beyond those of the profile.</summary>
    public X509KeyUsageFlags RequestKeyUsage { get; init; }

    /// <summary>The extended key usages that a request may ask for beyond those of the profile: names, and OIDs that have none.</summary>
    public IReadOnlyList<string> RequestExtendedKeyUsage { get; init; } = [];

    /// <summary>The certificate policies that a request may ask for, as dotted OIDs.</summary>
    public IReadOnlyList<string> RequestPolicy { get; init; } = [];

    /// <summary>The kinds of alternative name that a request may ask for.</summary>
    public IReadOnlyList<GeneralNameKind> RequestNameType { get; init; } = UsualNameTypes;

    internal static IReadOnlyList<GeneralNameKind> UsualNameTypes { get; } = [GeneralNameKind.Dns, GeneralNameKind.IPAddress, GeneralNameKind.Email, GeneralNameKind.Uri];

    /// <summary>What tells this profile from one that is added anew under the same name; empty for built-in ones and for those of earlier versions.</summary>
    public Guid Id { get; internal init; }

    /// <summary>The store it was read of; null for one that is in no store.</summary>
    public string? StorePath { get; internal init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

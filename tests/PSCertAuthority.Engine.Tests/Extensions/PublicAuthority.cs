using System.Collections.Generic;

namespace PSCertAuthority.Tests.Extensions;

/// <summary>What a public authority's certificate is asked for as, and which octets its extensions are.</summary>
/// <param name="Name">Which certificate.</param>
/// <param name="IsAuthority">An intermediate, or a leaf.</param>
/// <param name="Expected">OID, criticality and the DER of every extension but the key identifiers, which follow from keys.</param>
public sealed record PublicAuthority(string Name, bool IsAuthority, IReadOnlyList<(string Oid, bool Critical, string Der)> Expected)
{
    public string[] KeyUsage { get; init; } = [];

    public string[] ExtendedKeyUsage { get; init; } = [];

    public string[] Policies { get; init; } = [];

    public string[] Crl { get; init; } = [];

    public string[] Ocsp { get; init; } = [];

    public string[] Issuer { get; init; } = [];

    public string[] Names { get; init; } = [];

    public string[] Permitted { get; init; } = [];

    public string[] Excluded { get; init; } = [];

    public bool NameConstraintsCritical { get; init; } = true;

    public override string ToString() => Name;
}

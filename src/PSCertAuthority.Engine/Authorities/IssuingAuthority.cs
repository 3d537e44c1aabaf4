using System;
using System.Collections.Generic;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Authorities;

/// <summary>An authority that may sign now: checked, its key open. Shared by threads; disposed by who opened it.</summary>
internal sealed class IssuingAuthority : IDisposable
{
    public required int Id { get; init; }

    /// <summary>The store that it was opened in.</summary>
    public required Guid StoreId { get; init; }

    public required string Name { get; init; }

    public required DecodedCertificate Certificate { get; init; }

    /// <summary>Its certificate and those above it without the root, as DER, in this order.</summary>
    public required IReadOnlyList<byte[]> Intermediates { get; init; }

    public required PrivateKey Key { get; init; }

    public required DigestAlgorithm Digest { get; init; }

    /// <summary>From when it and all those above it are valid; UTC.</summary>
    public required DateTime NotBefore { get; init; }

    /// <summary>The end of the earliest of it and those above it; UTC.</summary>
    public required DateTime NotAfter { get; init; }

    /// <summary>How many authorities may follow, by its own limit and those above it; null without a limit.</summary>
    public required int? RemainingPathLength { get; init; }

    /// <summary>Its own name constraints and those of all authorities above it.</summary>
    public required IReadOnlyList<NameConstraints> NameConstraints { get; init; }

    public required DistributionUrls Urls { get; init; }

    public required IReadOnlyList<GeneralName> IssuerAlternativeNames { get; init; }

    public byte[] KeyIdentifier => field ??= Certificate.SubjectKeyIdentifier ?? CertificateExtensions.KeyIdentifierOf(Certificate.PublicKey);

    public CertificateSigner Signer => field ??= new CertificateSigner(Certificate.SubjectName, Key, Digest);

    public void Dispose() => Key.Dispose();
}

using System;

namespace PSCertAuthority.Storage;

/// <summary>What a store is and holds.</summary>
internal sealed record StoreStatus
{
    public required bool Exists { get; init; }

    public required int SchemaVersion { get; init; }

    /// <summary>Made with the store; null while it does not exist.</summary>
    public required Guid? StoreId { get; init; }

    /// <summary>UTC; null while it does not exist.</summary>
    public required DateTime? CreatedAt { get; init; }

    public required int Authorities { get; init; }

    public required CertificateCounts Certificates { get; init; }
}

using System;

namespace PSCertAuthority.Storage;

/// <summary>What is in a store, and where it is.</summary>
public sealed record CaStoreSummary
{
    /// <summary>The database file.</summary>
    public required string Path { get; init; }

    /// <summary>Where the private keys of authorities are.</summary>
    public required string KeyDirectory { get; init; }

    /// <summary>Whether the store has been made; that happens when something is first written.</summary>
    public required bool Exists { get; init; }

    /// <summary>The version of its layout.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The size of the database file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>When it was made; local time; null before that.</summary>
    public required DateTime? CreatedAt { get; init; }

    /// <summary>How many authorities it has.</summary>
    public required int AuthorityCount { get; init; }

    /// <summary>How many of them have their private key here.</summary>
    public required int KeyCount { get; init; }

    /// <summary>How many certificates were issued.</summary>
    public required int CertificateCount { get; init; }

    /// <summary>How many of them are revoked.</summary>
    public required int RevokedCount { get; init; }

    /// <summary>How many of them are suspended.</summary>
    public required int SuspendedCount { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}

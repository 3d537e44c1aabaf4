using System;

namespace PSCertAuthority.Maintenance;

/// <summary>A backup that was made.</summary>
public sealed record CaBackup
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The store it was made of.</summary>
    public required string StorePath { get; init; }

    /// <summary>When the store was as it is in the backup; local time.</summary>
    public required DateTime MadeAt { get; init; }

    /// <summary>The size of the backup in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>How many key files are in it.</summary>
    public required int KeyCount { get; init; }

    /// <summary>SHA-256 over the database in it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Why the audit trail does not tell of it, as of a store that cannot be written; null where it does.</summary>
    public string? Warning { get; init; }

    /// <summary>The file.</summary>
    public override string ToString() => Path;
}

using System;

namespace PSCertAuthority.Revocation;

/// <summary>A CRL in a file, as its authority sees it. Times are local.</summary>
public sealed record PublishedCrl
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Why it is none that the authority signed; null where it is.</summary>
    public string? Problem { get; init; }

    /// <summary>Its number; null where it has none.</summary>
    public long? Number { get; init; }

    /// <summary>Whether it says only what changed since a complete one (RFC 5280, section 5.2.4).</summary>
    public bool IsDelta { get; init; }

    /// <summary>When it was made.</summary>
    public DateTime? ThisUpdate { get; init; }

    /// <summary>When the next one is due.</summary>
    public DateTime? NextUpdate { get; init; }

    /// <summary>How many certificates it names.</summary>
    public int EntryCount { get; init; }

    /// <summary>File and number.</summary>
    public override string ToString() => Problem ?? $"{Path} #{Number}";
}

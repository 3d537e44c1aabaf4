using System;
using PSCertAuthority.Certificates;

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

    internal Func<string, bool> Entries { get; init; } = _ => false;

    /// <summary>Whether it names a certificate of its authority.</summary>
    /// <param name="serialNumber">The whole serial number, with colons or without.</param>
    public bool Names(string serialNumber) => SerialNumbers.TryParsePrefix(serialNumber ?? throw new ArgumentNullException(nameof(serialNumber))) is { } whole && Entries(whole);

    /// <summary>File and number.</summary>
    public override string ToString() => Problem ?? $"{Path} #{Number}";
}

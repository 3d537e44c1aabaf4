using System;
using System.Collections.Generic;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Imports;

/// <summary>An authority as it was found elsewhere, with all that came with it.</summary>
internal sealed record ForeignAuthority : IDisposable
{
    /// <summary>Where it was found, for errors.</summary>
    public required string Source { get; init; }

    public required DecodedCertificate Certificate { get; init; }

    /// <summary>The name it had there; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Null where the key was not with it.</summary>
    public PrivateKey? Key { get; init; }

    public bool Enabled { get; init; } = true;

    public AuthorityUrls Urls { get; init; } = new();

    public long LastCrlNumber { get; init; }

    public IReadOnlyList<ForeignCertificate> Certificates { get; init; } = [];

    /// <summary>What could not be taken over, in words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public void Dispose() => Key?.Dispose();
}

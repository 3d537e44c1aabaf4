using System;
using System.Collections.Generic;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Storage;

/// <summary>What a search asks the indexes and, where these do not know, the certificates.</summary>
internal sealed record SearchQuery
{
    /// <summary>Whose certificates; none twice.</summary>
    public required IReadOnlyList<int> AuthorityIds { get; init; }

    /// <summary>How they stand, and when they end.</summary>
    public required IReadOnlyList<StateRange> States { get; init; }

    /// <summary>Whether authorities or states leave any out.</summary>
    public required bool IsNarrowed { get; init; }

    /// <summary>What the common name contains, in lower case; null for anything.</summary>
    public string? Text { get; init; }

    /// <summary>What the serial number may start with instead, as it is stored; null where the text cannot be one.</summary>
    public string? SerialPrefix { get; init; }

    /// <summary>What the certificate itself has to say; null for nothing.</summary>
    public Func<CertificateRecord, bool>? Fits { get; init; }

    public CertificateSort Sort { get; init; }

    public SortDirection Direction { get; init; }
}

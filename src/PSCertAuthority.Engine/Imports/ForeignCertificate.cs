using System;
using System.Collections.Generic;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>A certificate as it was found elsewhere. Times are UTC.</summary>
internal sealed record ForeignCertificate
{
    /// <summary>As it is stored: hexadecimal without colons.</summary>
    public required string SerialNumber { get; init; }

    public required DateTime NotAfter { get; init; }

    /// <summary>Null where only its serial number is known.</summary>
    public DecodedCertificate? Certificate { get; init; }

    public RevocationRecord? Revocation { get; init; }

    /// <summary>When it was issued; null takes the beginning of its validity.</summary>
    public DateTime? IssuedAt { get; init; }

    public IReadOnlyList<string> Watchers { get; init; } = [];
}

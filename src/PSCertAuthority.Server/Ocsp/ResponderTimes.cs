using System;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>How long answers hold.</summary>
/// <param name="Validity">From thisUpdate to nextUpdate.</param>
/// <param name="CrlValidity">The same for CRLs.</param>
internal sealed record ResponderTimes(TimeSpan Validity, TimeSpan CrlValidity)
{
    /// <summary>The life of an answer about a certificate that is not known.</summary>
    public TimeSpan Unknown => TimeSpan.FromMinutes(1) < Validity ? TimeSpan.FromMinutes(1) : Validity;

    /// <summary>How old knowledge may be that is still given out, while the store cannot be read.</summary>
    public TimeSpan OldestIndex => Validity;
}

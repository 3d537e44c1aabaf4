using System.Collections.Generic;

namespace PSCertAuthority.Certificates;

/// <summary>A page of what a search finds.</summary>
/// <param name="Certificates">In the order asked for.</param>
/// <param name="Next">
/// Where to go on: <see cref="CertificateSearch.After"/> of the next page; null after the last. It holds no secret, and stays good while certificates
/// come and go: what was there all the time is shown once.
/// </param>
/// <param name="IsPartial">
/// Whether the page ends early, perhaps empty, because as many certificates were read as one page may: those that only a certificate itself answers
/// for (a profile, or a text with <see cref="SearchScope.Contents"/>). Going on with <paramref name="Next"/> continues the search.
/// </param>
public sealed record CertificateSearchPage(IReadOnlyList<CaCertificate> Certificates, string? Next, bool IsPartial);

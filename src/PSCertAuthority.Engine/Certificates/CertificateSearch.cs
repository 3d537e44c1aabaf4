using System;
using System.Collections.Generic;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Certificates;

/// <summary>Which certificates a page of a list shows, and in which order; what is left out does not narrow.</summary>
public sealed record CertificateSearch
{
    /// <summary>The largest <see cref="PageSize"/>.</summary>
    public const int LargestPage = 200;

    /// <summary>The longest <see cref="Text"/>, in characters.</summary>
    public const int LongestText = 200;

    /// <summary>Only those of this authority.</summary>
    public AuthorityIdentity? Authority { get; init; }

    /// <summary>Only those that stand so; empty for all.</summary>
    public IReadOnlyList<CertificateStatus> Status { get; init; } = [];

    /// <summary>Only those issued under this profile, whatever the case.</summary>
    public string? Profile { get; init; }

    /// <summary>Only those that end then or later; without a kind it is local time.</summary>
    public DateTime? EndsFrom { get; init; }

    /// <summary>Only those that end then or earlier; without a kind it is local time.</summary>
    public DateTime? EndsTo { get; init; }

    /// <summary>Only those that have this text in the common name, in any case, or whose serial number starts so, with colons or without. See <see cref="Scope"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Where <see cref="Text"/> is looked for.</summary>
    public SearchScope Scope { get; init; } = SearchScope.Names;

    /// <summary>What they are ordered by.</summary>
    public CertificateSort Sort { get; init; } = CertificateSort.NotAfter;

    /// <summary>Which way.</summary>
    public SortDirection Direction { get; init; } = SortDirection.Ascending;

    /// <summary>How many a page has at most; 1 to 200.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The <see cref="CertificateSearchPage.Next"/> of the page before; null for the first.</summary>
    public string? After { get; init; }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>The certificates, searched, filtered and ordered, a page at a time.</summary>
internal sealed class CertificatesModel(CaEngine engine) : CaPage(engine)
{
    /// <summary>What is searched for.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    /// <summary>The name of an authority.</summary>
    [BindProperty(SupportsGet = true, Name = "authority")]
    public string? Authority { get; set; }

    /// <summary>How they stand.</summary>
    [BindProperty(SupportsGet = true, Name = "status")]
    public CertificateStatus? Status { get; set; }

    /// <summary>The name of a profile.</summary>
    [BindProperty(SupportsGet = true, Name = "profile")]
    public string? Profile { get; set; }

    /// <summary>Within how many days they end.</summary>
    [BindProperty(SupportsGet = true, Name = "ends")]
    public int? EndsWithin { get; set; }

    /// <summary>What they are ordered by.</summary>
    [BindProperty(SupportsGet = true, Name = "sort")]
    public CertificateSort Sort { get; set; } = CertificateSort.Issued;

    /// <summary>Which way.</summary>
    [BindProperty(SupportsGet = true, Name = "order")]
    public SortDirection Order { get; set; } = SortDirection.Descending;

    /// <summary>Where to go on.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    /// <summary>What was found.</summary>
    public CertificateSearchPage Found { get; private set; } = new([], null, IsPartial: false);

    /// <summary>The names of the authorities.</summary>
    public IReadOnlyList<string> Authorities { get; private set; } = [];

    /// <summary>The names of the profiles.</summary>
    public IReadOnlyList<string> Profiles { get; private set; } = [];

    /// <summary>Searches.</summary>
    public void OnGet()
    {
        Authorities = [.. Engine.Authorities.List().Select(authority => authority.Name)];
        Profiles = [.. Engine.Profiles.List().Select(profile => profile.Name)];
        DateTime now = DateTime.UtcNow;
        Try(() => Found = Engine.Certificates.Search(new CertificateSearch
        {
            Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
            Authority = string.IsNullOrEmpty(Authority) ? null : new AuthorityIdentity(Authority),
            Status = Status is { } status ? [status] : EndsWithin is null ? [] : [CertificateStatus.Valid, CertificateStatus.Suspended],
            Profile = string.IsNullOrEmpty(Profile) ? null : Profile,
            EndsFrom = EndsWithin is null ? null : now,
            EndsTo = EndsWithin is { } days ? now.AddDays(Math.Clamp(days, 0, 36500)) : null,
            Sort = Sort,
            Direction = Order,
            After = string.IsNullOrEmpty(After) ? null : After,
        }));
    }

    /// <summary>The address of the next page.</summary>
    public string NextUrl()
    {
        var query = new QueryBuilder(Request.Query.Where(pair => pair.Key != "after").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? string.Empty)))
        {
            { "after", Found.Next! },
        };
        return "/certificates" + query;
    }
}

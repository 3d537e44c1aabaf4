using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>What wants attention, what happened lately, and whether all is well.</summary>
internal sealed class IndexModel(CaEngine engine) : CaPage(engine)
{
    private Dictionary<string, string> _serials = [];

    /// <summary>The store at a glance.</summary>
    public CaOverview Overview { get; private set; } = null!;

    /// <summary>Reads it.</summary>
    public void OnGet()
    {
        Overview = Engine.Overview();
        _serials = Engine.Authorities.List().ToDictionary(authority => authority.Name, authority => Show.Plain(authority.SerialNumber));
    }

    /// <summary>The serial number of an authority, for its address.</summary>
    public string SerialOf(string name) => _serials.GetValueOrDefault(name, string.Empty);
}

/// <summary>Certificates for a table, and what is said where there are none.</summary>
internal sealed record CertificateList(IReadOnlyList<CaCertificate> Certificates, string Empty);

/// <summary>Certificates for a short list, and which of their times it tells.</summary>
internal sealed record ShortList(IReadOnlyList<CaCertificate> Certificates, Func<CaCertificate, DateTime> When);

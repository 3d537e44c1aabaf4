using System.Collections.Generic;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>The authorities, each below the one that issued it.</summary>
internal sealed class AuthoritiesModel(CaEngine engine) : CaPage(engine)
{
    /// <summary>Each before those below it.</summary>
    public IReadOnlyList<CaAuthority> Tree { get; private set; } = [];

    /// <summary>Reads them.</summary>
    public void OnGet() => Tree = Engine.Authorities.ListTree();
}

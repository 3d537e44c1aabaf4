using System;

namespace PSCertAuthority.Web;

/// <summary>What the pages of the web interface ask for before they act.</summary>
[Flags]
public enum WebPermission
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To see certificates, authorities, CRLs and watchers, and to download them.</summary>
    View = 1,

    /// <summary>To issue and renew certificates, and to edit their watchers.</summary>
    Issue = 2,

    /// <summary>To revoke, suspend and resume certificates.</summary>
    Revoke = 4,

    /// <summary>To edit authorities, and to read the audit records.</summary>
    Administer = 8,
}

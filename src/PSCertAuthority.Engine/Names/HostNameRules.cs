using System;

namespace PSCertAuthority.Names;

/// <summary>What a host name may be beyond letters, digits and hyphens.</summary>
[Flags]
internal enum HostNameRules
{
    None = 0,

    /// <summary><c>*</c> as the whole first label (RFC 6125, section 6.4.3).</summary>
    AllowWildcard = 1,

    /// <summary>A dot before the first label, as constraints have it.</summary>
    AllowLeadingDot = 2,

    /// <summary>Underscores, which DNS has but host names have not.</summary>
    AllowUnderscore = 4,
}

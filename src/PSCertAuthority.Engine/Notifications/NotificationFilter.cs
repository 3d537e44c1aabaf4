using System.Collections.Generic;
using PSCertAuthority.Authorities;

namespace PSCertAuthority.Notifications;

/// <summary>Which notices to send; what is left out does not narrow.</summary>
public sealed record NotificationFilter
{
    /// <summary>
    /// Only those for these day marks, 0 to 3650; empty for those of the setting NotificationDays. A mark that the setting does not have counts
    /// beside its marks.
    /// </summary>
    public IReadOnlyList<int> Days { get; init; } = [];

    /// <summary>Only those of certificates of this authority.</summary>
    public AuthorityIdentity? Authority { get; init; }
}

using PSCertAuthority.Authorities;

namespace PSCertAuthority.Notifications;

/// <summary>Which watchers to list; what is left out does not narrow.</summary>
public sealed record WatcherFilter
{
    /// <summary>Only those of certificates of this authority.</summary>
    public AuthorityIdentity? Authority { get; init; }

    /// <summary>Only those whose address, or name and address, fit; <c>*</c> and <c>?</c> are wildcards.</summary>
    public string? Watcher { get; init; }

    internal bool Fits(CaWatcher watcher) =>
        Watcher is null || Wildcard.Fits(watcher.Address, Watcher) || Wildcard.Fits(watcher.Watcher, Watcher);
}

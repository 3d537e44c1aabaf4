using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Binding;

/// <summary>Completes watchers that the store knows, by the start of their name or address.</summary>
public sealed class WatcherCompleter : StoreCompleter
{
    private const int MaximumScanned = 2000;
    private const int MaximumOffered = 50;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) => engine.Watchers
        .List(new WatcherFilter())
        .Take(MaximumScanned)
        .Where(watcher => Begins(watcher.Watcher, word) || Begins(watcher.EmailAddress, word))
        .GroupBy(watcher => watcher.Watcher, StringComparer.OrdinalIgnoreCase)
        .Take(MaximumOffered)
        .Select(group => Result(group.Key, $"watches {group.First().Subject}{(group.Count() > 1 ? " and others" : string.Empty)}"));
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of profiles.</summary>
public sealed class ProfileCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word) => engine.Profiles.List()
        .Where(profile => profile.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        .Select(profile => Result(profile.Name, profile.Enabled ? profile.Description : $"(disabled) {profile.Description}"));
}

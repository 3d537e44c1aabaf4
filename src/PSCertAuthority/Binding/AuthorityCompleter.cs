using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of authorities; a serial number that was begun is completed to the name's place.</summary>
public sealed class AuthorityCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word) => engine.Authorities.List()
        .Where(a => a.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) || a.SerialNumber.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        .Select(a => Result(a.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? a.Name : a.SerialNumber, $"{a.Subject} ({a.Status})"));
}

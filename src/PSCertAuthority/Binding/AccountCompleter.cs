using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Audit;

namespace PSCertAuthority.Binding;

/// <summary>Completes the accounts that the audit records name.</summary>
public sealed class AccountCompleter : StoreCompleter
{
    private const int MaximumScanned = 5000;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line) => engine.Audit
        .List(new AuditFilter())
        .Take(MaximumScanned)
        .Where(record => Begins(record.Account, word))
        .GroupBy(record => record.Account, StringComparer.OrdinalIgnoreCase)
        .Select(group => Result(group.Key, $"{group.Count()} acts on {string.Join(", ", group.Select(record => record.Host).Distinct())}, the last {group.Last().At:g}"));
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of key usages.</summary>
public sealed class KeyUsageCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        KeyUsages.Descriptions
            .Where(usage => usage.Key.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(usage => new CompletionResult(usage.Key, usage.Key, CompletionResultType.ParameterValue, usage.Value));
}

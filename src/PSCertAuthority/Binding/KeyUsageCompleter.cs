using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Binding;

/// <summary>Completes the names of key usages.</summary>
public sealed class KeyUsageCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        KeyUsageNames.All
            .Where(usage => usage.Name.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(usage => new CompletionResult(usage.Name, usage.Name, CompletionResultType.ParameterValue, usage.Description));
}

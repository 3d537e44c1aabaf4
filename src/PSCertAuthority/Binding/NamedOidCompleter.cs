using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Binding;

/// <summary>Completes names that stand for OIDs or bits; the tool tip says what each means.</summary>
public abstract class NamedOidCompleter : IArgumentCompleter
{
    /// <summary>The names to choose from.</summary>
    protected abstract IReadOnlyList<NamedOid> Names { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return Names.Where(named => named.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(named => new CompletionResult(named.Name, named.Name, CompletionResultType.ParameterValue, ToolTip(named)));
    }

    private static string ToolTip(NamedOid named) => named.Oid.Length == 0 ? named.Description : $"{named.Description} ({named.Oid})";
}

/// <summary>Completes key usages.</summary>
public sealed class KeyUsageCompleter : NamedOidCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<NamedOid> Names => KeyUsageNames.All;
}

/// <summary>Completes extended key usages.</summary>
public sealed class ExtendedKeyUsageCompleter : NamedOidCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<NamedOid> Names => ExtendedKeyUsageNames.All;
}

/// <summary>Completes certificate policies.</summary>
public sealed class CertificatePolicyCompleter : NamedOidCompleter
{
    /// <inheritdoc/>
    protected override IReadOnlyList<NamedOid> Names => CertificatePolicyNames.All;
}

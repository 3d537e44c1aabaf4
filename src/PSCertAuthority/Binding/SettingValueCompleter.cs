using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSCertAuthority.Keys;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Binding;

/// <summary>Completes the values of those settings that have few.</summary>
public sealed class SettingValueCompleter : IArgumentCompleter
{
    private static readonly Dictionary<string, string[]> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DigestAlgorithm"] = Enum.GetNames(typeof(DigestAlgorithm)),
        ["MailSecurity"] = Enum.GetNames(typeof(MailSecurity)),
        ["ServeCrl"] = ["true", "false"],
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string name = fakeBoundParameters?["Name"]?.ToString() ?? string.Empty;
        if (string.Equals(name, "DefaultProfile", StringComparison.OrdinalIgnoreCase))
            return new ProfileCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters!);
        return (Values.TryGetValue(name, out string[]? values) ? values : [])
            .Where(value => value.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(value));
    }
}

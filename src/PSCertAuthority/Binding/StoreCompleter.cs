using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Binding;

/// <summary>Completes from what is in the store that the command line names; a store that cannot be read completes nothing.</summary>
public abstract class StoreCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            string? given = fakeBoundParameters is not null && fakeBoundParameters.Contains("StorePath")
                ? LanguagePrimitives.ConvertTo<string>(fakeBoundParameters["StorePath"])
                : null;
            return Complete(new CaEngine(StoreLocation.Resolve(given), Patience), word).ToArray();
        }
        catch (CaException)
        {
            // A key press is no place for an error.
            return [];
        }
    }

    /// <summary>What begins with the word.</summary>
    protected abstract IEnumerable<CompletionResult> Complete(CaEngine engine, string word);

    /// <summary>A completion, quoted where the text needs it.</summary>
    protected static CompletionResult Result(string text, string toolTip)
    {
        bool plain = text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
        string completion = plain ? text : "'" + text.Replace("'", "''") + "'";
        return new CompletionResult(completion, text, CompletionResultType.ParameterValue, toolTip.Length > 0 ? toolTip : text);
    }
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSCertAuthority.Binding;

/// <summary>Completes words of which there are few; the tool tip says what each means.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Bare(wordToComplete);
        return Words(new CommandLine(commandName, fakeBoundParameters)).Where(choice => choice.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(choice => Result(choice.Text, choice.ToolTip));
    }

    /// <summary>What was typed so far, without quotes.</summary>
    internal static string Bare(string? word) => (word ?? string.Empty).Trim('\'', '"');

    /// <summary>A completion, quoted where the text needs it.</summary>
    internal static CompletionResult Result(string text, string toolTip)
    {
        bool plain = text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/');
        string completion = plain ? text : "'" + text.Replace("'", "''") + "'";
        return new CompletionResult(completion, text, CompletionResultType.ParameterValue, toolTip.Length > 0 ? toolTip : text);
    }

    /// <summary>The words to choose from.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Words(CommandLine line);
}

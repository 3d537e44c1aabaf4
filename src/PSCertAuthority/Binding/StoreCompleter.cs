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
        var line = new CommandLine(commandName, fakeBoundParameters);
        try
        {
            return Complete(new CaEngine(StoreLocation.Resolve(line.StorePath()), Patience), WordCompleter.Bare(wordToComplete), line).ToArray();
        }
        catch (Exception e) when (e is CaException or RuntimeException)
        {
            // A key press is no place for an error.
            return [];
        }
    }

    /// <summary>What begins with the word.</summary>
    private protected abstract IEnumerable<CompletionResult> Complete(CaEngine engine, string word, CommandLine line);

    /// <summary>A completion, quoted where the text needs it.</summary>
    private protected static CompletionResult Result(string text, string toolTip) => WordCompleter.Result(text, toolTip);

    /// <summary>Whether a text begins with what was typed.</summary>
    private protected static bool Begins(string text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}

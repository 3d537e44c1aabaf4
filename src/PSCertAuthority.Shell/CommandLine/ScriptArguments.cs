using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace PSCertAuthority.Shell.CommandLine;

/// <summary>Turns the words behind a script file into parameters, by the rules of <c>pwsh -File</c>.</summary>
/// <remarks>
/// <c>-Name value</c>, <c>-Name:value</c> and <c>-Switch</c> are named; the rest is positional and always a string,
/// except that <c>-Name:$true</c> and <c>-Name:false</c> are booleans, the only way to turn a switch off.
/// </remarks>
internal static class ScriptArguments
{
    /// <summary>Reads the words.</summary>
    /// <param name="words">The words in order.</param>
    /// <returns>The parameters in the same order.</returns>
    public static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word.Length < 2 || word[0] != '-')
            {
                yield return new CommandParameter(null, word);
                continue;
            }

            int colon = word.IndexOf(':', System.StringComparison.Ordinal);
            if (colon < 0)
            {
                yield return new CommandParameter(word);
            }
            else if (colon < word.Length - 1)
            {
                yield return new CommandParameter(word[..colon], ValueOf(word[(colon + 1)..]));
            }
            else if (i + 1 < words.Count)
            {
                yield return new CommandParameter(word[..colon], words[++i]);
            }
        }
    }

    private static object ValueOf(string text) => bool.TryParse(text.TrimStart('$'), out bool value) ? value : text;
}

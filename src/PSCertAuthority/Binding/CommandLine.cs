using System.Collections;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>The command line that is being completed: what its parameters were given so far.</summary>
internal sealed class CommandLine(string command, IDictionary? bound)
{
    /// <summary>The command's name.</summary>
    public string Command { get; } = command ?? string.Empty;

    /// <summary>What a parameter was given, as text; null where it was not.</summary>
    public string? this[string parameter] => bound is not null && bound.Contains(parameter) ? bound[parameter]?.ToString() : null;

    /// <summary>Whether a parameter stands in the line.</summary>
    public bool Has(string parameter) => bound is not null && bound.Contains(parameter);

    /// <summary>The store that the command would work on, as a full path: from the line, else from $PSDefaultParameterValues; null for the account's own.</summary>
    public string? StorePath()
    {
        string? given = this["StorePath"] ?? DefaultStorePath();
        if (given is null)
            return null;
        Collection<PSObject> resolved = ScriptBlock.Create("param($Path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)").Invoke(given);
        return resolved.FirstOrDefault()?.ToString();
    }

    private string? DefaultStorePath()
    {
        if (ScriptBlock.Create("$PSDefaultParameterValues").Invoke().FirstOrDefault()?.BaseObject is not IDictionary defaults)
            return null;
        foreach (DictionaryEntry entry in defaults)
        {
            string[] parts = (entry.Key.ToString() ?? string.Empty).Split(':');
            if (parts.Length == 2 && WildcardPattern.Get(parts[1].Trim(), WildcardOptions.IgnoreCase).IsMatch("StorePath")
                && WildcardPattern.Get(parts[0].Trim(), WildcardOptions.IgnoreCase).IsMatch(Command))
            {
                return entry.Value?.ToString();
            }
        }

        return null;
    }
}

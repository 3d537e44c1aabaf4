using System.Collections.Generic;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>What the metadata of a parameter says; the keys of the YAML block are those of PlatyPS.</summary>
internal sealed class ParameterFacts
{
    /// <summary>The full name of the type.</summary>
    public string Type { get; set; } = string.Empty;

    /// <summary>What counts where it is not given.</summary>
    public string DefaultValue { get; set; } = string.Empty;

    /// <summary>Whether it takes wildcards.</summary>
    public bool SupportsWildcards { get; set; }

    /// <summary>Its other names.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>How it is bound in each parameter set that has it.</summary>
    public List<ParameterSetUse> ParameterSets { get; set; } = [];

    /// <summary>Whether completion leaves it out.</summary>
    public bool DontShow { get; set; }

    /// <summary>The only values that it takes; empty where any will do.</summary>
    public List<string> AcceptedValues { get; set; } = [];

    /// <summary>What PowerShell says when it asks for it.</summary>
    public string HelpMessage { get; set; } = string.Empty;
}

using System;
using System.Collections.Generic;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>The help of one cmdlet, in the schema 2024-05-01 of Microsoft.PowerShell.PlatyPS.</summary>
internal sealed record CommandPage
{
    /// <summary>The cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>The day when the page was made or revised, as PlatyPS writes it: MM/dd/yyyy.</summary>
    public required string Date { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>How it is called, for each parameter set.</summary>
    public required IReadOnlyList<SyntaxSection> Syntax { get; init; }

    /// <summary>Other names of the cmdlet, as prose.</summary>
    public string Aliases { get; init; } = "This cmdlet has no aliases.";

    /// <summary>What it does, at length; Markdown.</summary>
    public required string Description { get; init; }

    /// <summary>The examples, in their order.</summary>
    public required IReadOnlyList<ExampleSection> Examples { get; init; }

    /// <summary>The parameters, by name, without the common ones.</summary>
    public required IReadOnlyList<ParameterSection> Parameters { get; init; }

    /// <summary>What can be piped in.</summary>
    public required IReadOnlyList<TypeSection> Inputs { get; init; }

    /// <summary>What comes out.</summary>
    public required IReadOnlyList<TypeSection> Outputs { get; init; }

    /// <summary>Notes; Markdown.</summary>
    public required string Notes { get; init; }

    /// <summary>Where to read on.</summary>
    public required IReadOnlyList<PageLink> Links { get; init; }

    /// <summary>The parameter of a name.</summary>
    public ParameterSection? FindParameter(string name)
    {
        foreach (ParameterSection parameter in Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))
                return parameter;
        }

        return null;
    }
}

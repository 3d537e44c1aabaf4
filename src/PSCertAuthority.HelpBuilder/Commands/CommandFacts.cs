using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>Makes of a cmdlet's metadata and comments a page on which only prose is missing.</summary>
internal sealed class CommandFacts(CmdletInfo command, DocumentationFile documentation)
{
    /// <summary>What stands where someone has yet to write.</summary>
    public const string Unwritten = "{{ Fill in }}";

    private static readonly TypeSection NoInput = new("None", "This cmdlet takes nothing from the pipeline.");
    private static readonly TypeSection NoOutput = new("None", "This cmdlet writes nothing to the pipeline.");

    private readonly DefaultValues _defaults = new(command.ImplementingType);

    /// <summary>The page.</summary>
    public CommandPage ToPage() => new()
    {
        Name = command.Name,
        Date = DateTime.UtcNow.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture),
        Synopsis = documentation.SummaryOf(command.ImplementingType),
        Syntax = [.. command.ParameterSets.Select(set => new SyntaxSection(set.Name, set.IsDefault, SyntaxText.Of(command.Name, set)))],
        Description = Unwritten,
        Examples = [new ExampleSection("Example 1: {{ Title }}", $"```powershell\n{command.Name}\n```\n\n{Unwritten}")],
        Parameters = [.. Parameters.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(ToSection)],
        Inputs = [.. Inputs().DefaultIfEmpty(NoInput)],
        Outputs = [.. command.OutputType.Select(type => type.Type == typeof(void) ? NoOutput : new TypeSection(type.Type.FullName!, Unwritten))],
        Notes = Unwritten,
        Links = [new PageLink("about_PSCertAuthority", "../../en-US/about_PSCertAuthority.help.txt")],
    };

    private IEnumerable<ParameterMetadata> Parameters => command.Parameters.Values.Where(p => !CommonParameterNames.Contains(p.Name));

    private ParameterSection ToSection(ParameterMetadata parameter) =>
        new(parameter.Name, TextWrap.Wrap(DescriptionOf(parameter)), ParameterFactsReader.Read(parameter, _defaults.Of(parameter)));

    private string DescriptionOf(ParameterMetadata parameter) => parameter.Name switch
    {
        "WhatIf" => "Shows what the command would do, and does nothing.",
        "Confirm" => "Asks before each change.",
        _ => documentation.SummaryOf(command.ImplementingType, parameter.Name) is { Length: > 0 } summary ? summary : Unwritten,
    };

    private IEnumerable<TypeSection> Inputs()
    {
        var sets = Parameters.Select(p => (p.Name, p.ParameterType, Sets: p.ParameterSets.Values)).ToArray();
        foreach (string type in sets.Where(p => p.Sets.Any(s => s.ValueFromPipeline || s.ValueFromPipelineByPropertyName)).Select(p => TypeNames.OfInput(p.ParameterType)).Distinct())
        {
            string[] byValue = [.. sets.Where(p => TypeNames.OfInput(p.ParameterType) == type && p.Sets.Any(s => s.ValueFromPipeline)).Select(p => $"`-{p.Name}`")];
            string[] byName = [.. sets.Where(p => TypeNames.OfInput(p.ParameterType) == type && p.Sets.Any(s => s.ValueFromPipelineByPropertyName)).Select(p => $"`{p.Name}`")];
            string text = byValue.Length > 0 ? $"Objects of the pipeline go to {string.Join(" or ", byValue)}." : string.Empty;
            if (byName.Length > 0)
                text = $"{text} Properties of this name are taken: {string.Join(", ", byName)}.".Trim();
            yield return new TypeSection(type, TextWrap.Wrap(text));
        }
    }
}

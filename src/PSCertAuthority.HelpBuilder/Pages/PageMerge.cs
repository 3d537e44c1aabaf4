using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>Brings the facts of a page up to date and leaves what people wrote.</summary>
/// <remarks>The first paragraph of a parameter is its comment in the code, so that the two cannot drift; what follows it is the page's own.</remarks>
internal static class PageMerge
{
    /// <summary>The page with the command's facts.</summary>
    /// <param name="written">The page as it is.</param>
    /// <param name="facts">A page of nothing but facts.</param>
    public static CommandPage Refresh(CommandPage written, CommandPage facts) => written with
    {
        Syntax = facts.Syntax,
        Parameters = [.. facts.Parameters.Select(parameter => Refresh(written.FindParameter(parameter.Name), parameter))],
        Inputs = [.. facts.Inputs.Select(type => Refresh(written.Inputs, type))],
        Outputs = [.. facts.Outputs.Select(type => Refresh(written.Outputs, type))],
    };

    private static ParameterSection Refresh(ParameterSection? written, ParameterSection fact)
    {
        if (written is null)
            return fact;
        // A default that the code does not show, such as that of a setting, is the page's own.
        if (fact.Facts.DefaultValue.Length == 0)
            fact.Facts.DefaultValue = written.Facts.DefaultValue;
        string[] paragraphs = written.Description.Split("\n\n", 2);
        bool same = string.Equals(Words(paragraphs[0]), Words(fact.Description), StringComparison.Ordinal);
        string first = same ? paragraphs[0] : fact.Description;
        return fact with { Description = paragraphs.Length > 1 ? first + "\n\n" + paragraphs[1].Trim() : first };
    }

    private static TypeSection Refresh(IReadOnlyList<TypeSection> written, TypeSection fact) =>
        written.FirstOrDefault(type => type.TypeName == fact.TypeName) ?? fact;

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System;
using System.Linq;
using System.Xml.Linq;
using PSCertAuthority.HelpBuilder.Pages;
using static PSCertAuthority.HelpBuilder.Maml.MamlNames;

namespace PSCertAuthority.HelpBuilder.Maml;

/// <summary>A parameter in MAML.</summary>
internal static class MamlParameter
{
    /// <summary>The parameter by itself, in all its parameter sets.</summary>
    public static XElement ToElement(ParameterSection parameter)
    {
        ParameterFacts facts = parameter.Facts;
        ParameterSetUse use = facts.ParameterSets.FirstOrDefault() ?? new ParameterSetUse();
        bool required = facts.ParameterSets.All(set => set.IsRequired);
        return ToElement(parameter, use.Position, required, ShortType(facts.Type));
    }

    /// <summary>The parameter in one syntax.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="position">Its position there.</param>
    /// <param name="required">Whether it must be given there.</param>
    /// <param name="type">The short name of its type; empty for a switch.</param>
    public static XElement ToElement(ParameterSection parameter, string position, bool required, string type)
    {
        ParameterFacts facts = parameter.Facts;
        return new XElement(
            Command + "parameter",
            new XAttribute("required", required ? "true" : "false"),
            new XAttribute("variableLength", facts.Type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
            new XAttribute("globbing", facts.SupportsWildcards ? "true" : "false"),
            new XAttribute("pipelineInput", PipelineInput(facts)),
            new XAttribute("position", position == ParameterSetUse.Named ? "named" : position),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(Text + "name", parameter.Name),
            MamlText.Description(parameter.Description),
            facts.AcceptedValues.Count == 0 ? null : new XElement(Command + "parameterValueGroup", facts.AcceptedValues.Select(value => Value(value, required: false))),
            type.Length == 0 ? null : Value(type, required: true),
            new XElement(Dev + "type", new XElement(Text + "name", facts.Type)),
            new XElement(Dev + "defaultValue", facts.DefaultValue.Length == 0 ? "None" : facts.DefaultValue));
    }

    private static XElement Value(string text, bool required) =>
        new(Command + "parameterValue", new XAttribute("required", required ? "true" : "false"), new XAttribute("variableLength", "false"), text);

    private static string PipelineInput(ParameterFacts facts)
    {
        bool byValue = facts.ParameterSets.Any(set => set.ValueFromPipeline);
        bool byName = facts.ParameterSets.Any(set => set.ValueFromPipelineByPropertyName);
        return (byValue, byName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };
    }

    private static string ShortType(string type)
    {
        const string optional = "System.Nullable`1[";
        string plain = type.StartsWith(optional, StringComparison.Ordinal) ? type[optional.Length..^1] : type;
        string name = plain[(plain.LastIndexOf('.') + 1)..];
        return name == "SwitchParameter" ? string.Empty : name;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>Reads what the metadata of a parameter says.</summary>
internal static class ParameterFactsReader
{
    /// <summary>The facts of a parameter.</summary>
    /// <param name="parameter">Its metadata.</param>
    /// <param name="defaultValue">What counts where it is not given; empty where the code does not say.</param>
    public static ParameterFacts Read(ParameterMetadata parameter, string defaultValue) => new()
    {
        Type = TypeNames.Full(parameter.ParameterType),
        DefaultValue = defaultValue,
        SupportsWildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
        Aliases = [.. parameter.Aliases],
        ParameterSets = [.. parameter.ParameterSets.Select(set => ReadSet(set.Key, set.Value))],
        DontShow = parameter.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow),
        AcceptedValues = ReadAcceptedValues(parameter),
        HelpMessage = parameter.Attributes.OfType<ParameterAttribute>().Select(a => a.HelpMessage).FirstOrDefault(m => m is not null) ?? string.Empty,
    };

    private static ParameterSetUse ReadSet(string name, ParameterSetMetadata set) => new()
    {
        Name = name == ParameterAttribute.AllParameterSets ? ParameterSetUse.All : name,
        Position = set.Position == int.MinValue ? ParameterSetUse.Named : set.Position.ToString(CultureInfo.InvariantCulture),
        IsRequired = set.IsMandatory,
        ValueFromPipeline = set.ValueFromPipeline,
        ValueFromPipelineByPropertyName = set.ValueFromPipelineByPropertyName,
        ValueFromRemainingArguments = set.ValueFromRemainingArguments,
    };

    private static List<string> ReadAcceptedValues(ParameterMetadata parameter)
    {
        if (parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set)
            return [.. set.ValidValues];
        Type type = parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? [.. Enum.GetNames(type)] : [];
    }
}

using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>What the parameters of a cmdlet are before anything is bound.</summary>
internal sealed class DefaultValues(Type cmdlet)
{
    /// <summary>The default of a parameter as one would type it; empty where it must be given, is off, or is nothing.</summary>
    public string Of(ParameterMetadata parameter)
    {
        if (cmdlet.GetProperty(parameter.Name) is not { CanRead: true } property || parameter.ParameterSets.Values.All(set => set.IsMandatory))
            return string.Empty;
        object instance = Activator.CreateInstance(cmdlet)!;
        using var _ = instance as IDisposable;
        return Text(Read(property, instance));
    }

    private static object? Read(PropertyInfo property, object instance) => property.GetValue(instance);

    private static string Text(object? value) => value switch
    {
        null or SwitchParameter or false => string.Empty,
        string text => text,
        IEnumerable items => string.Join(", ", items.Cast<object>().Select(Text)),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}

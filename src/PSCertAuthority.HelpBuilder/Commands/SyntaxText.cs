using System.Linq;
using System.Management.Automation;
using System.Text;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>The line that shows how a command is called, broken as PlatyPS breaks it.</summary>
internal static class SyntaxText
{
    private const int Width = 100;

    /// <summary>The line for a parameter set; what completion leaves out is left out here.</summary>
    public static string Of(string command, CommandParameterSetInfo set)
    {
        var text = new StringBuilder();
        var line = new StringBuilder(command);
        var shown = set.Parameters.Where(p => !CommonParameterNames.Contains(p.Name) && !IsHidden(p)).ToArray();
        var parts = shown.Where(p => p.Position != int.MinValue).OrderBy(p => p.Position)
            .Concat(shown.Where(p => p.Position == int.MinValue && p.IsMandatory))
            .Concat(shown.Where(p => p.Position == int.MinValue && !p.IsMandatory))
            .Select(PartOf).Append("[<CommonParameters>]");
        foreach (string part in parts)
        {
            if (line.Length + part.Length + 1 > Width)
            {
                text.Append(line).Append('\n');
                line.Clear();
            }

            line.Append(' ').Append(part);
        }

        return text.Append(line).ToString();
    }

    private static bool IsHidden(CommandParameterInfo parameter) => parameter.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow);

    private static string PartOf(CommandParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(SwitchParameter))
            return parameter.IsMandatory ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string name = parameter.Position == int.MinValue ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string part = $"{name} <{TypeNames.Short(parameter.ParameterType)}>";
        return parameter.IsMandatory ? part : $"[{part}]";
    }
}

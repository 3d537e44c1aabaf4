using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpBuilder.Maml;

/// <summary>A syntax in MAML: the parameters of a set, in the order of the line.</summary>
internal static partial class MamlSyntax
{
    /// <summary>The element.</summary>
    /// <exception cref="PageFormatException">The line names a parameter that the page does not describe.</exception>
    public static XElement ToElement(CommandPage page, SyntaxSection syntax) => new(
        MamlNames.Command + "syntaxItem",
        new XElement(MamlNames.Text + "name", page.Name),
        Parameters().Matches(syntax.Text).Select(match => ToElement(page, syntax, match)));

    private static XElement ToElement(CommandPage page, SyntaxSection syntax, Match match)
    {
        string name = match.Groups["name"].Value;
        ParameterSection parameter = page.FindParameter(name) ?? throw new PageFormatException($"'{page.Name}.md' does not describe -{name}, which its syntax has.");
        ParameterSetUse? use = parameter.Facts.ParameterSets.FirstOrDefault(set => set.Name == syntax.ParameterSet || set.Name == ParameterSetUse.All);
        return use is null
            ? throw new PageFormatException($"'{page.Name}.md' does not have -{name} in the parameter set {syntax.ParameterSet}.")
            : MamlParameter.ToElement(parameter, use.Position, use.IsRequired, match.Groups["type"].Value);
    }

    [GeneratedRegex(@"(?<=[\s\[])-(?<name>\w+)\]?(?: <(?<type>[^>]+)>)?")]
    private static partial Regex Parameters();
}

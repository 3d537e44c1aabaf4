using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using PSCertAuthority.HelpBuilder.Pages;
using static PSCertAuthority.HelpBuilder.Maml.MamlNames;

namespace PSCertAuthority.HelpBuilder.Maml;

/// <summary>The help of one cmdlet in MAML.</summary>
internal static class MamlCommand
{
    /// <summary>The element.</summary>
    public static XElement ToElement(CommandPage page) => new(
        Command + "command",
        Details(page),
        MamlText.Description(page.Description),
        new XElement(Command + "syntax", page.Syntax.Select(syntax => MamlSyntax.ToElement(page, syntax))),
        new XElement(Command + "parameters", page.Parameters.Select(parameter => MamlParameter.ToElement(parameter))),
        new XElement(Command + "inputTypes", page.Inputs.Select(type => TypeOf("inputType", type))),
        new XElement(Command + "returnValues", page.Outputs.Select(type => TypeOf("returnValue", type))),
        new XElement(Text + "alertSet", new XElement(Text + "alert", MamlText.Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(MamlExample.ToElement)),
        new XElement(Command + "relatedLinks", Links(page)));

    private static XElement Details(CommandPage page)
    {
        string[] words = page.Name.Split('-', 2);
        return new XElement(
            Command + "details",
            new XElement(Command + "name", page.Name),
            new XElement(Command + "verb", words[0]),
            new XElement(Command + "noun", words[^1]),
            MamlText.Description(page.Synopsis));
    }

    private static XElement TypeOf(string name, TypeSection type) => new(
        Command + name,
        new XElement(Dev + "type", new XElement(Text + "name", type.TypeName)),
        MamlText.Description(type.Description));

    private static IEnumerable<XElement> Links(CommandPage page) => page.Links.Select(link => new XElement(
        Text + "navigationLink",
        new XElement(Text + "linkText", link.Text),
        // A link to another page of this folder is a topic of Get-Help, which finds it by its name.
        new XElement(Text + "uri", link.Uri.Contains("://", System.StringComparison.Ordinal) ? link.Uri : string.Empty)));
}

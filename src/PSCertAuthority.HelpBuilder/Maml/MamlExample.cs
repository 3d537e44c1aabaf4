using System.Linq;
using System.Xml.Linq;
using PSCertAuthority.HelpBuilder.Pages;
using static PSCertAuthority.HelpBuilder.Maml.MamlNames;

namespace PSCertAuthority.HelpBuilder.Maml;

/// <summary>An example in MAML: what stands before its code, the code, and what stands behind.</summary>
internal static class MamlExample
{
    /// <summary>The element.</summary>
    public static XElement ToElement(ExampleSection example)
    {
        FencedBlock? code = FencedBlock.First(example.Body, "powershell");
        return new XElement(
            Command + "example",
            new XElement(Text + "title", $"--------- {example.Title} ---------"),
            new XElement(Text + "introduction", MamlText.Paragraphs(code is null ? example.Body : example.Body[..code.Start])),
            new XElement(Dev + "code", code?.Code),
            new XElement(Dev + "remarks", code is null ? Enumerable.Empty<XElement>() : MamlText.Paragraphs(example.Body[code.End..])));
    }
}

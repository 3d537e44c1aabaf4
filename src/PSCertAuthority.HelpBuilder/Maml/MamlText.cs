using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpBuilder.Maml;

/// <summary>Text in MAML.</summary>
internal static class MamlText
{
    /// <summary>A description.</summary>
    public static XElement Description(string markdown) => new(MamlNames.Text + "description", Paragraphs(markdown));

    /// <summary>A para element for each paragraph.</summary>
    public static IEnumerable<XElement> Paragraphs(string markdown) => PlainText.Paragraphs(markdown).Select(text => new XElement(MamlNames.Text + "para", text));
}

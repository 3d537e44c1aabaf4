using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpBuilder.Maml;

/// <summary>The file that Get-Help reads for the cmdlets of an assembly: its name and <c>-Help.xml</c>, in a folder of the culture.</summary>
internal static class MamlFile
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, IEnumerable<CommandPage> pages)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using XmlWriter writer = XmlWriter.Create(path, settings);
        ToDocument(pages).Save(writer);
    }

    /// <summary>The document.</summary>
    public static XDocument ToDocument(IEnumerable<CommandPage> pages) => new(new XElement(
        MamlNames.Msh + "helpItems",
        new XAttribute("schema", "maml"),
        new XAttribute(XNamespace.Xmlns + "maml", MamlNames.Text),
        new XAttribute(XNamespace.Xmlns + "command", MamlNames.Command),
        new XAttribute(XNamespace.Xmlns + "dev", MamlNames.Dev),
        pages.Select(MamlCommand.ToElement)));
}

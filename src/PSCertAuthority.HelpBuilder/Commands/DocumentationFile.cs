using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>The comments that the compiler collected.</summary>
internal sealed class DocumentationFile
{
    private readonly Dictionary<string, XElement> _members;

    private DocumentationFile(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the file that the compiler wrote.</summary>
    public static DocumentationFile Load(string path) =>
        new(XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value));

    /// <summary>The summary of a type; empty where there is none.</summary>
    public string SummaryOf(Type type) => Summary("T:" + type.FullName) ?? string.Empty;

    /// <summary>The summary of a property, or of the one that it overrides; empty where there is none.</summary>
    public string SummaryOf(Type type, string property)
    {
        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            if (declaring.GetProperty(property, own) is not null && Summary($"P:{declaring.FullName}.{property}") is { } summary)
                return summary;
        }

        return string.Empty;
    }

    private string? Summary(string member)
    {
        if (!_members.TryGetValue(member, out XElement? element) || element.Element("summary") is not { } summary)
            return null;
        var text = new StringBuilder();
        foreach (XNode node in summary.Nodes())
            Append(text, node);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Append(StringBuilder text, XNode node)
    {
        if (node is XText words)
            text.Append(words.Value);
        else if (node is XElement { Name.LocalName: "c" } code)
            text.Append('`').Append(code.Value).Append('`');
        else if (node is XElement { Name.LocalName: "see" } see)
            text.Append(see.Value.Length > 0 ? see.Value : see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Attribute("langword")?.Value);
        else if (node is XElement other)
            text.Append(other.Value);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>Reads a page.</summary>
internal sealed class PageReader
{
    private const string CommonParameters = "CommonParameters";
    private static readonly IDeserializer Yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();

    private readonly string _name;
    private readonly PageOutline _outline;

    private PageReader(string name, string markdown)
    {
        _name = name;
        _outline = new PageOutline(markdown);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="PageFormatException">It is not in the schema.</exception>
    public static CommandPage ReadFile(string path) => Read(Path.GetFileName(path), File.ReadAllText(path));

    /// <summary>Reads the text of a page.</summary>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="markdown">The text.</param>
    /// <exception cref="PageFormatException">It is not in the schema.</exception>
    public static CommandPage Read(string name, string markdown) => new PageReader(name, markdown.ReplaceLineEndings("\n")).Read();

    private CommandPage Read()
    {
        Dictionary<string, string> frontMatter = ReadYaml<Dictionary<string, string>>("front matter", _outline.FrontMatter);
        return new CommandPage
        {
            Name = _outline.Title ?? throw Fault("has no title"),
            Date = frontMatter.GetValueOrDefault("ms.date") ?? throw Fault("has no ms.date in its front matter"),
            Synopsis = Section("SYNOPSIS"),
            Syntax = [.. Below("SYNTAX").Select(ReadSyntax)],
            Aliases = Section("ALIASES"),
            Description = Section("DESCRIPTION"),
            Examples = [.. Below("EXAMPLES").Select(entry => new ExampleSection(entry.Title, entry.Text))],
            Parameters = [.. Below("PARAMETERS").Where(entry => entry.Title != CommonParameters).Select(ReadParameter)],
            Inputs = [.. Below("INPUTS").Select(ReadType)],
            Outputs = [.. Below("OUTPUTS").Select(ReadType)],
            Notes = Section("NOTES"),
            Links = [.. ReadLinks(Section("RELATED LINKS"))],
        };
    }

    private string Section(string name) => _outline.TextOf(name) ?? throw Fault($"has no section {name}");

    private IEnumerable<OutlineEntry> Below(string section)
    {
        Section(section);
        return _outline.Below(section);
    }

    private SyntaxSection ReadSyntax(OutlineEntry entry)
    {
        const string defaultMark = " (Default)";
        bool isDefault = entry.Title.EndsWith(defaultMark, StringComparison.Ordinal);
        string set = isDefault ? entry.Title[..^defaultMark.Length] : entry.Title;
        return new SyntaxSection(set, isDefault, FencedBlock.First(entry.Text, string.Empty)?.Code ?? throw Fault($"has no code below SYNTAX {set}"));
    }

    private ParameterSection ReadParameter(OutlineEntry entry)
    {
        FencedBlock block = FencedBlock.Last(entry.Text, "yaml") ?? throw Fault($"has no YAML block for {entry.Title}");
        return new ParameterSection(entry.Title.TrimStart('-'), entry.Text[..block.Start].Trim(), ReadYaml<ParameterFacts>(entry.Title, block.Code));
    }

    private static TypeSection ReadType(OutlineEntry entry) => new(entry.Title, entry.Text);

    private static IEnumerable<PageLink> ReadLinks(string text) => Markdown.Parse(text, PageOutline.Pipeline)
        .Descendants<LinkInline>()
        .Select(link => new PageLink(PlainText.Of(link), link.Url ?? string.Empty));

    private T ReadYaml<T>(string what, string yaml)
        where T : new()
    {
        try
        {
            return Yaml.Deserialize<T>(yaml) ?? new T();
        }
        catch (YamlException error)
        {
            throw Fault($"has a fault in the YAML of {what}, line {error.Start.Line}: {error.Message}");
        }
    }

    private PageFormatException Fault(string what) => new($"'{_name}' {what}.");
}

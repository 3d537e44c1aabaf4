using System.Collections.Generic;
using System.Linq;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>The headings of a page, each with the text down to the next one.</summary>
internal sealed class PageOutline
{
    /// <summary>How pages are parsed.</summary>
    public static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePreciseSourceLocation().Build();

    private readonly List<OutlineEntry> _entries = [];

    /// <summary>Reads the headings of a text.</summary>
    public PageOutline(string markdown)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Pipeline);
        HeadingBlock[] headings = [.. document.OfType<HeadingBlock>()];
        for (int i = 0; i < headings.Length; i++)
        {
            int end = i + 1 < headings.Length ? headings[i + 1].Span.Start : markdown.Length;
            string title = markdown.Substring(headings[i].Span.Start, headings[i].Span.Length).TrimStart('#').Trim();
            _entries.Add(new OutlineEntry(headings[i].Level, title, markdown[(headings[i].Span.End + 1)..end].Trim()));
        }

        FrontMatter = document.OfType<YamlFrontMatterBlock>().FirstOrDefault()?.Lines.ToString() ?? string.Empty;
    }

    /// <summary>The YAML above the page.</summary>
    public string FrontMatter { get; }

    /// <summary>The page's title.</summary>
    public string? Title => _entries.FirstOrDefault(entry => entry.Level == 1)?.Title;

    /// <summary>The text of a section of the second level; null where it is missing.</summary>
    public string? TextOf(string section) => _entries.FirstOrDefault(entry => entry.Level == 2 && entry.Title == section)?.Text;

    /// <summary>The headings of the third level below a section, with their texts.</summary>
    public IEnumerable<OutlineEntry> Below(string section) => _entries
        .SkipWhile(entry => entry.Level != 2 || entry.Title != section).Skip(1)
        .TakeWhile(entry => entry.Level > 2);
}

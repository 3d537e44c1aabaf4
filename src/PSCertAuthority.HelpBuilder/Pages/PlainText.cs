using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>Markdown as it reads on a console: paragraphs of one line each, items behind a hyphen, and no marks.</summary>
internal static class PlainText
{
    /// <summary>The paragraphs of a text.</summary>
    public static IReadOnlyList<string> Paragraphs(string markdown) => [.. Markdown.Parse(markdown, PageOutline.Pipeline).SelectMany(block => Paragraphs(block))];

    /// <summary>The words in an inline element.</summary>
    public static string Of(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (Inline inline in container)
            Append(text, inline);
        return text.ToString();
    }

    private static IEnumerable<string> Paragraphs(Block block) => block switch
    {
        ListBlock list => [string.Join('\n', list.OfType<ListItemBlock>().Select((item, index) => Item(list, item, index)))],
        CodeBlock code => [string.Join('\n', code.Lines.ToString().Split('\n').Select(line => line.Length > 0 ? "    " + line : line))],
        ContainerBlock container => container.SelectMany(child => Paragraphs(child)),
        LeafBlock { Inline: { } inline } => [Of(inline)],
        _ => [],
    };

    private static string Item(ListBlock list, ListItemBlock item, int index) =>
        (list.IsOrdered ? $"{index + 1}. " : "- ") + string.Join("\n\n", item.SelectMany(child => Paragraphs(child))).Replace("\n", "\n  ", System.StringComparison.Ordinal);

    private static void Append(StringBuilder text, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content);
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case LineBreakInline:
                text.Append(' ');
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded);
                break;
            case AutolinkInline link:
                text.Append(link.IsEmail ? $"<{link.Url}>" : link.Url);
                break;
            case LinkInline link:
                text.Append(Of(link));
                if (link.Url is { Length: > 0 } url && url.Contains("://", System.StringComparison.Ordinal))
                    text.Append(" (").Append(url).Append(')');
                break;
            case ContainerInline container:
                text.Append(Of(container));
                break;
        }
    }
}

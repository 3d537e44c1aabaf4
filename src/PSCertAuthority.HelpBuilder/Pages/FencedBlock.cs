using System.Collections.Generic;
using System.Linq;
using Markdig;
using Markdig.Syntax;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>A block of code in a text.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where what follows it begins.</param>
/// <param name="Language">What is written behind its fence.</param>
/// <param name="Code">The lines in it.</param>
internal sealed record FencedBlock(int Start, int End, string Language, string Code)
{
    /// <summary>The blocks of a text, in their order.</summary>
    public static IEnumerable<FencedBlock> All(string markdown) => Markdown.Parse(markdown, PageOutline.Pipeline)
        .OfType<FencedCodeBlock>()
        .Select(block => new FencedBlock(block.Span.Start, block.Span.End + 1, block.Info ?? string.Empty, block.Lines.ToString()));

    /// <summary>The first block of a language.</summary>
    public static FencedBlock? First(string markdown, string language) => All(markdown).FirstOrDefault(block => block.Language == language);

    /// <summary>The last block of a language.</summary>
    public static FencedBlock? Last(string markdown, string language) => All(markdown).LastOrDefault(block => block.Language == language);
}

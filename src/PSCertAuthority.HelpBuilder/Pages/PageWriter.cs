using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>Writes a page as PlatyPS does.</summary>
internal sealed class PageWriter
{
    private const string CommonParameters = """
        ### CommonParameters

        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
        -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
        -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    private readonly StringBuilder _text = new();

    /// <summary>Writes the file, where it would change.</summary>
    /// <returns>Whether it did.</returns>
    public static bool WriteFile(string path, CommandPage page)
    {
        string text = ToText(page);
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return false;
        File.WriteAllText(path, text);
        return true;
    }

    /// <summary>The text of a page.</summary>
    public static string ToText(CommandPage page)
    {
        var writer = new PageWriter();
        writer.Write(page);
        return writer._text.ToString();
    }

    private void Write(CommandPage page)
    {
        WriteFrontMatter(page);
        Paragraph($"# {page.Name}");
        Section("SYNOPSIS", page.Synopsis);
        Section("SYNTAX", string.Empty);
        foreach (SyntaxSection syntax in page.Syntax)
            Paragraph($"### {syntax.ParameterSet}{(syntax.IsDefault ? " (Default)" : string.Empty)}\n\n```\n{syntax.Text}\n```");
        Section("ALIASES", page.Aliases);
        Section("DESCRIPTION", page.Description);
        Section("EXAMPLES", string.Empty);
        foreach (ExampleSection example in page.Examples)
            Paragraph($"### {example.Title}\n\n{example.Body}");
        Section("PARAMETERS", string.Empty);
        foreach (ParameterSection parameter in page.Parameters)
            WriteParameter(parameter);
        Paragraph(CommonParameters.ReplaceLineEndings("\n"));
        WriteTypes("INPUTS", page.Inputs);
        WriteTypes("OUTPUTS", page.Outputs);
        Section("NOTES", page.Notes);
        _text.Append("## RELATED LINKS\n\n");
        foreach (PageLink link in page.Links)
            _text.Append("- [").Append(link.Text).Append("](").Append(link.Uri).Append(")\n");
    }

    private void WriteFrontMatter(CommandPage page) => Paragraph($"""
        ---
        document type: cmdlet
        external help file: PSCertAuthority.dll-Help.xml
        HelpUri: ''
        Locale: en-US
        Module Name: PSCertAuthority
        ms.date: {page.Date}
        PlatyPS schema version: 2024-05-01
        title: {page.Name}
        ---
        """.ReplaceLineEndings("\n"));

    private void WriteTypes(string section, IReadOnlyList<TypeSection> types)
    {
        Section(section, string.Empty);
        foreach (TypeSection type in types)
            Paragraph($"### {type.TypeName}\n\n{type.Description}");
    }

    private void WriteParameter(ParameterSection parameter)
    {
        ParameterFacts facts = parameter.Facts;
        Paragraph($"### -{parameter.Name}\n\n{parameter.Description}");
        _text.Append("```yaml\n");
        Line("Type: ", facts.Type);
        Line("DefaultValue: ", Scalar(facts.DefaultValue));
        Line("SupportsWildcards: ", facts.SupportsWildcards);
        List("Aliases:", facts.Aliases);
        _text.Append("ParameterSets:\n");
        foreach (ParameterSetUse use in facts.ParameterSets)
        {
            Line("- Name: ", use.Name);
            Line("  Position: ", use.Position);
            Line("  IsRequired: ", use.IsRequired);
            Line("  ValueFromPipeline: ", use.ValueFromPipeline);
            Line("  ValueFromPipelineByPropertyName: ", use.ValueFromPipelineByPropertyName);
            Line("  ValueFromRemainingArguments: ", use.ValueFromRemainingArguments);
        }

        Line("DontShow: ", facts.DontShow);
        List("AcceptedValues:", facts.AcceptedValues);
        Line("HelpMessage: ", Scalar(facts.HelpMessage));
        _text.Append("```\n\n");
    }

    private static string Scalar(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private void Line(string key, string value) => _text.Append(key).Append(value).Append('\n');

    private void Line(string key, bool value) => Line(key, value ? "true" : "false");

    private void List(string key, List<string> values)
    {
        _text.Append(key).Append(values.Count == 0 ? " []\n" : "\n");
        foreach (string value in values)
            _text.Append("- ").Append(value).Append('\n');
    }

    private void Section(string heading, string text) => Paragraph(text.Length > 0 ? $"## {heading}\n\n{text}" : $"## {heading}");

    private void Paragraph(string text) => _text.Append(text).Append("\n\n");
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using PSCertAuthority.HelpBuilder.Pages;
using Xunit;

namespace PSCertAuthority.HelpTests;

/// <summary>The pages are complete, and say what the cmdlets' metadata and comments say.</summary>
public sealed partial class PageTests(ModuleFixture module) : IClassFixture<ModuleFixture>
{
    private const string Remedy = "dotnet build src/PSCertAuthority.HelpBuilder -t:UpdateHelpPages brings it up to date";

    public static TheoryData<string> Pages { get; } = [.. ModuleFixture.Names];

    [Fact]
    public void Each_cmdlet_has_a_page_and_each_page_a_cmdlet() => Assert.Equal(module.Commands.Keys.Order(), ModuleFixture.Names);

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_describes_exactly_the_parameters(string name)
    {
        CommandPage page = Read(name);
        Assert.Equal(module.ParametersOf(name), page.Parameters.Select(p => p.Name).Order());
        Assert.All(page.Parameters, p => Assert.True(p.Description.Length > 0, $"-{p.Name} of {name} lacks help."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_facts_are_those_of_the_cmdlet(string name)
    {
        string text = File.ReadAllText(HelpPages.PathOf(Repository.HelpPages, name)).ReplaceLineEndings("\n");
        string fresh = PageWriter.ToText(PageMerge.Refresh(Read(name), ModuleFixture.Facts[name]));
        string[] differing = [.. fresh.Split('\n').Except(text.Split('\n')).Concat(text.Split('\n').Except(fresh.Split('\n'))).Distinct()];
        Assert.True(fresh == text, $"{name}.md is not what its cmdlet says: {string.Join(" | ", differing)}. {Remedy}.");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Nothing_is_left_to_be_written(string name)
    {
        CommandPage page = Read(name);
        Assert.DoesNotContain("{{", File.ReadAllText(HelpPages.PathOf(Repository.HelpPages, name)), StringComparison.Ordinal);
        Assert.All([page.Synopsis, page.Description, page.Notes, .. page.Inputs.Concat(page.Outputs).Select(t => t.Description)], text => Assert.NotEmpty(text));
        Assert.True(page.Links.Count >= 2, $"{name} leads nowhere.");
        Assert.DoesNotContain("\n", page.Synopsis, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_has_three_examples_that_call_the_cmdlet(string name)
    {
        IReadOnlyList<ExampleSection> examples = Read(name).Examples;
        int calls = 0;
        for (int i = 0; i < examples.Count; i++)
        {
            Assert.Matches($"^Example {i + 1}: [A-Z]", examples[i].Title);
            FencedBlock code = Assert.Single(FencedBlock.All(examples[i].Body), block => block.Language == "powershell");
            calls += code.Code.Contains(name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            string prose = FencedBlock.All(examples[i].Body).Aggregate(examples[i].Body, (text, block) => text.Replace(block.Code, string.Empty, StringComparison.Ordinal));
            Assert.True(prose.Count(char.IsLetter) > 20, $"{name}, {examples[i].Title} is not explained.");
        }

        // A further one may show another way.
        Assert.True(calls >= 3, $"{name} has {calls} examples.");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_links_and_parameters_exist(string name)
    {
        CommandPage page = Read(name);
        foreach (PageLink link in page.Links.Where(l => !l.Uri.Contains("://", StringComparison.Ordinal)))
            Assert.True(File.Exists(Path.Combine(Repository.HelpPages, link.Uri)), $"{name} links to '{link.Uri}', which is missing.");
        HashSet<string> known = [.. module.Commands.Values.SelectMany(c => c.Parameters.Keys), .. Cmdlet.OptionalCommonParameters, "AsSecureString"];
        string prose = string.Join("\n", [page.Description, page.Notes, .. page.Parameters.Select(p => p.Description)]);
        Assert.All(ParameterInProse().Matches(prose), match => Assert.Contains(match.Groups[1].Value, known));
    }

    [Fact]
    public void What_all_have_in_common_is_said_in_the_same_words()
    {
        CommandPage[] pages = [.. ModuleFixture.Names.Select(Read)];
        foreach (string common in new[] { "StorePath", "LockWait", "WhatIf", "Confirm" })
            Assert.Single(pages.Select(p => p.FindParameter(common)?.Description).OfType<string>().Distinct());
    }

    [Fact]
    public void Each_error_that_a_page_names_is_one_that_the_code_has()
    {
        IReadOnlySet<string> known = ErrorListTests.InCode;
        foreach (CommandPage page in ModuleFixture.Names.Select(Read))
            Assert.All(ErrorList().Matches(page.Notes).SelectMany(list => BacktickedName().Matches(list.Value)), match => Assert.Contains(match.Groups[1].Value, known));
    }

    private static CommandPage Read(string name) => PageReader.ReadFile(HelpPages.PathOf(Repository.HelpPages, name));

    [GeneratedRegex(@"(?s)^Errors?\b.*?(?=\n\n|\z)", RegexOptions.Multiline)]
    private static partial Regex ErrorList();

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex BacktickedName();

    // `-Name` in backticks; what is a parameter of openssl is not written with a capital.
    [GeneratedRegex(@"`-([A-Z]\w+)")]
    private static partial Regex ParameterInProse();
}

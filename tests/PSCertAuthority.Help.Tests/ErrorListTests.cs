using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace PSCertAuthority.HelpTests;

/// <summary>about_CaErrors lists the errors that the code has, no more and no fewer, and each of them is met by a test.</summary>
public sealed partial class ErrorListTests
{
    private static readonly string[] Servers = ["Responder", "WebInterface"];
    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.AboutTopics, ".."));

    internal static readonly IReadOnlySet<string> InCode = SourcesIn("src").SelectMany(IdsIn).ToHashSet();

    [Fact]
    public void The_list_is_that_of_the_code()
    {
        string[] listed = [.. ListedInTopic().Matches(string.Join('\n', AboutTopic.Find("about_CaErrors").Lines)).SelectMany(match => match.Groups[1].Value.Split(", "))];
        Assert.True(InCode.Count > 150);
        Assert.Empty(InCode.Except(listed).Select(id => $"{id} is not in about_CaErrors."));
        Assert.Empty(listed.Except(InCode).Select(id => $"{id} is in about_CaErrors alone."));
        Assert.Equal(listed.Length, listed.Distinct().Count());
    }

    [Fact]
    public void Each_error_is_asserted_by_a_test()
    {
        string tests = string.Join('\n', SourcesIn("tests"));
        HashSet<string> words = [.. Word().Matches(tests).Select(match => match.Value)];
        Assert.Empty(InCode.Except(words).Select(id => $"No test meets {id}."));
    }

    private static IEnumerable<string> IdsIn(string text) => MadeInCode().Matches(text).Select(match => match.Groups[1].Value)
        .Concat(MadeForEachServer().Matches(text).SelectMany(match => Servers.Select(server => server + match.Groups[1].Value)));

    private static IEnumerable<string> SourcesIn(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is ".cs" or ".ps1").Select(File.ReadAllText);

    /// <summary>An id in front of its category, as every factory of errors has it.</summary>
    [GeneratedRegex(@"""([A-Z][A-Za-z0-9]+)"",\s*(?:Ca)?ErrorCategory\.")]
    private static partial Regex MadeInCode();

    /// <summary>The ids of what goes wrong with server programs begin with the kind of server.</summary>
    [GeneratedRegex(@"\$""\{(?:errors\.)?Prefix\}([A-Z]\w+)"",\s*CaErrorCategory\.")]
    private static partial Regex MadeForEachServer();

    /// <summary>Ids alone in a line, with their meaning in the lines below, moved in.</summary>
    [GeneratedRegex(@"(?m)^ {4}([A-Z]\w+(?:, [A-Z]\w+)*)\n {6}(?=\S)")]
    private static partial Regex ListedInTopic();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>The folder of the pages, one for each cmdlet, named after it.</summary>
internal static class HelpPages
{
    /// <summary>Where the page of a cmdlet is.</summary>
    public static string PathOf(string folder, string command) => Path.Combine(folder, command + ".md");

    /// <summary>All pages of a folder, by the name of the cmdlet.</summary>
    /// <exception cref="PageFormatException">One is not in the schema.</exception>
    public static IReadOnlyList<CommandPage> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*-*.md").Order(StringComparer.Ordinal).Select(PageReader.ReadFile)];
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PSCertAuthority.HelpTests;

/// <summary>An about topic of the repository.</summary>
internal sealed class AboutTopic
{
    private const int CodeIndent = 8;

    private AboutTopic(string path) => (Name, Lines) = (Path.GetFileName(path).Replace(".help.txt", string.Empty, StringComparison.Ordinal), File.ReadAllLines(path));

    public static IReadOnlyList<AboutTopic> All { get; } = [.. Directory.EnumerateFiles(Repository.AboutTopics, "about_*.help.txt").Order().Select(path => new AboutTopic(path))];

    public string Name { get; }

    public string[] Lines { get; }

    /// <summary>The headings, in capitals at the beginning of a line.</summary>
    public IEnumerable<string> Headings => Lines.Where(line => line.Length > 0 && line[0] != ' ');

    /// <summary>The blocks of PowerShell: those that begin eight columns in. What begins farther in is for another program.</summary>
    public IReadOnlyList<string> Code
    {
        get
        {
            var blocks = new List<List<string>>();
            bool inside = false;
            foreach (string line in Lines)
            {
                int indent = line.Length - line.TrimStart().Length;
                bool begins = !inside && indent == CodeIndent && line.Length > indent;
                inside = begins || inside && indent >= CodeIndent && line.Length > indent;
                if (begins)
                    blocks.Add([]);
                if (inside)
                    blocks[^1].Add(line[CodeIndent..]);
            }

            return [.. blocks.Select(block => string.Join('\n', block))];
        }
    }

    public static AboutTopic Find(string name) => All.Single(topic => topic.Name == name);
}

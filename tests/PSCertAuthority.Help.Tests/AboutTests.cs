using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Xunit;

namespace PSCertAuthority.HelpTests;

/// <summary>The about topics: found by Get-Help, true about what they name, and their commands run.</summary>
public sealed partial class AboutTests(ModuleFixture module, ExampleWorld world) : IClassFixture<ModuleFixture>, IClassFixture<ExampleWorld>
{
    private static readonly string[] Sections = ["TOPIC", "SHORT DESCRIPTION", "LONG DESCRIPTION", "EXAMPLES", "SEE ALSO"];

    public static TheoryData<string> Topics { get; } = [.. AboutTopic.All.Select(topic => topic.Name)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void Get_Help_finds_it(string name)
    {
        string text = string.Join('\n', module.Session.Run($"Get-Help {name}"));
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.AboutTopics, name + ".help.txt")).ReplaceLineEndings().Trim(), text.ReplaceLineEndings().Trim());
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void It_has_the_usual_sections_in_lines_that_a_console_shows(string name)
    {
        AboutTopic topic = AboutTopic.Find(name);
        Assert.Equal(Sections, topic.Headings);
        Assert.Equal("    " + name, topic.Lines[1]);
        Assert.All(topic.Lines, line => Assert.True(line.Length < 80 && line == line.TrimEnd() && !line.Contains('\t', StringComparison.Ordinal), line));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_it_names_is_there(string name)
    {
        string text = string.Join('\n', AboutTopic.Find(name).Lines);
        string[] cmdlets = [.. CmdletName().Matches(text).Select(match => match.Value).Distinct().Where(found => !module.Commands.ContainsKey(found))];
        Assert.Empty(cmdlets);
        string[] topics = [.. TopicName().Matches(text).Select(match => match.Value).Distinct().Where(found => AboutTopic.All.All(topic => topic.Name != found))];
        Assert.Empty(topics);
        Assert.All(FileName().Matches(text), match => Assert.True(Path.Exists(Path.Combine(Repository.AboutTopics, "..", match.Value.TrimEnd('.', ','))), match.Value));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Its_commands_run_in_their_order(string name)
    {
        DirectoryInfo parent = Directory.CreateTempSubdirectory("psca-about-");
        using HelpSession session = world.EnterCopy(Path.Combine(parent.FullName, "ca"));
        try
        {
            string port = FreePort().ToString(CultureInfo.InvariantCulture);
            Assert.NotEmpty(AboutTopic.Find(name).Code);
            foreach (string block in AboutTopic.Find(name).Code)
            {
                session.Invoke(block.Replace("8888", port, StringComparison.Ordinal));
                Assert.True(session.Errors.Count == 0, $"{block}\n{HelpSession.Describe(session.Errors)}");
            }
        }
        finally
        {
            session.Invoke("Get-CaOcspResponder | Stop-CaOcspResponder");
            parent.Delete(recursive: true);
        }
    }

    /// <summary>The default port of responders may be taken.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // A list such as 'Get-, Set-CaSetting' names its verbs alone, and is not looked at.
    [GeneratedRegex(@"\b[A-Z][a-z]+-Ca(?!Maintenance)[A-Z]\w+")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"about_(Ca[A-Z]\w+(?<!CommonParameters)|PSCert\w+)")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"\bdocs/[\w./-]+")]
    private static partial Regex FileName();
}

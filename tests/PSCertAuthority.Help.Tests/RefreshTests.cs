using System.IO;
using System.Linq;
using PSCertAuthority.HelpBuilder.Pages;
using Xunit;

namespace PSCertAuthority.HelpTests;

/// <summary>A page that is refreshed loses nothing that people wrote, and gains what the cmdlet gained.</summary>
public sealed class RefreshTests
{
    private const string Name = "Export-CaCrl";

    private static CommandPage Written => PageReader.ReadFile(HelpPages.PathOf(Repository.HelpPages, Name));

    private static CommandPage Facts => ModuleFixture.Facts[Name];

    [Fact]
    public void A_parameter_that_is_new_comes_with_its_comment_and_one_that_is_gone_goes()
    {
        CommandPage without = Written with { Parameters = [.. Written.Parameters.Where(p => p.Name != "Delta"), new("Gone", "Was here.", new ParameterFacts())] };
        CommandPage fresh = PageMerge.Refresh(without, Facts);
        Assert.NotNull(fresh.FindParameter("Delta"));
        Assert.Null(fresh.FindParameter("Gone"));
    }

    [Fact]
    public void The_first_paragraph_is_the_comment_and_the_rest_stays()
    {
        ParameterSection changed = Written.FindParameter("Delta")! with { Description = "An old comment.\n\nWhat people wrote." };
        CommandPage fresh = PageMerge.Refresh(Written with { Parameters = [.. Written.Parameters.Where(p => p.Name != "Delta"), changed] }, Facts);
        Assert.Equal(Facts.FindParameter("Delta")!.Description + "\n\nWhat people wrote.", fresh.FindParameter("Delta")!.Description);
    }

    [Fact]
    public void Prose_stays_as_it_is()
    {
        CommandPage fresh = PageMerge.Refresh(Written, Facts);
        Assert.Equal(Written.Description, fresh.Description);
        Assert.Equal(Written.Examples, fresh.Examples);
        Assert.Equal(Written.Notes, fresh.Notes);
    }

    [Theory]
    [InlineData("## NOTES", "has no section NOTES")]
    [InlineData("# Export-CaCrl", "has no title")]
    [InlineData("ms.date: ", "has no ms.date")]
    public void What_is_missing_is_named(string line, string message)
    {
        string[] lines = File.ReadAllLines(HelpPages.PathOf(Repository.HelpPages, Name));
        string broken = string.Join('\n', lines.Where(l => l != line && !(line.EndsWith(' ') && l.StartsWith(line, System.StringComparison.Ordinal))));
        Assert.Contains(message, Assert.Throws<PageFormatException>(() => PageReader.Read("x.md", broken)).Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_a_yaml_block_is_named_with_its_parameter()
    {
        string broken = File.ReadAllText(HelpPages.PathOf(Repository.HelpPages, Name)).Replace("DontShow: false", "DontShow: perhaps", System.StringComparison.Ordinal);
        Assert.Contains("-Confirm", Assert.Throws<PageFormatException>(() => PageReader.Read("x.md", broken)).Message, System.StringComparison.Ordinal);
    }
}

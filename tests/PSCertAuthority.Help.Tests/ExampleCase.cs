using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using PSCertAuthority.HelpBuilder.Pages;

namespace PSCertAuthority.HelpTests;

/// <summary>An example of a page, as it is run.</summary>
/// <param name="Command">The cmdlet whose page it is on.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Code">What is run.</param>
/// <param name="ErrorIds">The errors that its explanation announces, as in: ends with the error `AlreadyRevoked`.</param>
internal sealed partial record ExampleCase(string Command, string Title, string Code, IReadOnlyList<string> ErrorIds)
{
    /// <summary>The examples of a page.</summary>
    public static IEnumerable<ExampleCase> Of(CommandPage page) => page.Examples.Select(example => new ExampleCase(
        page.Name,
        example.Title,
        string.Join('\n', FencedBlock.All(example.Body).Where(block => block.Language == "powershell").Select(block => block.Code)),
        [.. AnnouncedError().Matches(example.Body).Select(match => match.Groups[1].Value)]));

    /// <summary>Whether it runs until it is stopped.</summary>
    public bool Waits => WaitSwitch().IsMatch(Code);

    /// <inheritdoc/>
    public override string ToString() => $"{Command}, {Title}";

    [GeneratedRegex(@"\berror\s+`(\w+)`")]
    private static partial Regex AnnouncedError();

    [GeneratedRegex(@"Responder\b.* -Wait\b|Interface\b.* -Wait\b")]
    private static partial Regex WaitSwitch();
}

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>How a cmdlet is called with one parameter set.</summary>
/// <param name="ParameterSet">The name of the set; <c>__AllParameterSets</c> where there is but one.</param>
/// <param name="IsDefault">Whether it is taken where the parameters leave it open.</param>
/// <param name="Text">The line, as Get-Command -Syntax writes it, broken where it is too long.</param>
internal sealed record SyntaxSection(string ParameterSet, bool IsDefault, string Text);

/// <summary>An example.</summary>
/// <param name="Title">Its heading, with its number.</param>
/// <param name="Body">Code and explanation; Markdown.</param>
internal sealed record ExampleSection(string Title, string Body);

/// <summary>The help of a parameter.</summary>
/// <param name="Name">The parameter, without its hyphen.</param>
/// <param name="Description">What it says; Markdown, and its first paragraph is the comment in the code.</param>
/// <param name="Facts">What the command's metadata says.</param>
internal sealed record ParameterSection(string Name, string Description, ParameterFacts Facts);

/// <summary>A type that goes in or comes out.</summary>
/// <param name="TypeName">The full name.</param>
/// <param name="Description">What about it; Markdown.</param>
internal sealed record TypeSection(string TypeName, string Description);

/// <summary>A related link.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Uri">Where it leads; empty for a topic of Get-Help.</param>
internal sealed record PageLink(string Text, string Uri);

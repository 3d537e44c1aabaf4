namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>A heading.</summary>
/// <param name="Level">1 for the title of the page.</param>
/// <param name="Title">Its words.</param>
/// <param name="Text">What stands between it and the next one; Markdown.</param>
internal sealed record OutlineEntry(int Level, string Title, string Text);

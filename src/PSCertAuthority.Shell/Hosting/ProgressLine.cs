using System.Management.Automation;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Renders a progress record in one line.</summary>
internal static class ProgressLine
{
    /// <summary>Renders <c>Activity: status, operation [ 40 %]</c>, cut to fit.</summary>
    /// <param name="record">The record.</param>
    /// <param name="width">The cells there are.</param>
    /// <returns>A line of at most <paramref name="width"/> characters.</returns>
    public static string Render(ProgressRecord record, int width)
    {
        string text = record.Activity + ": " + record.StatusDescription;
        if (!string.IsNullOrEmpty(record.CurrentOperation))
        {
            text += ", " + record.CurrentOperation;
        }

        if (record.PercentComplete >= 0)
        {
            text += $" [{record.PercentComplete,3} %]";
        }

        text = text.ReplaceLineEndings(" ");
        return text.Length <= width ? text : text[..width];
    }
}

using System.Collections.Generic;
using System.Text;

namespace PSCertAuthority.Binding;

/// <summary>Tells requests given as PEM text from paths, and puts the lines that Get-Content reads from a file together again.</summary>
internal sealed class RequestText
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";

    private readonly StringBuilder _open = new();

    /// <summary>Whether a text has begun that has not ended.</summary>
    public bool IsOpen => _open.Length > 0;

    /// <summary>Whether text is PEM; no path has such a line.</summary>
    public static bool IsRequest(string text) => text.Contains(Begin);

    /// <summary>Joins the lines of a file that is PEM.</summary>
    public static bool TryJoin(IEnumerable<string?> lines, out string text)
    {
        text = string.Join("\n", lines);
        return IsRequest(text);
    }

    /// <summary>Takes a line of PEM text, or a text of several lines. False for what is a path.</summary>
    /// <param name="line">What the pipeline or the command line gave.</param>
    /// <param name="text">The text that is complete with it; null where it is not yet.</param>
    public bool TryTake(string line, out string? text)
    {
        text = null;
        if (!IsOpen && !IsRequest(line))
            return false;
        _open.Append(line).Append('\n');
        if (line.Contains(End))
            text = Close();
        return true;
    }

    /// <summary>What has begun.</summary>
    public string Close()
    {
        string text = _open.ToString();
        _open.Clear();
        return text;
    }
}

using System.Text.RegularExpressions;

namespace PSCertAuthority;

/// <summary>The wildcards <c>*</c> and <c>?</c> of filters.</summary>
internal static class Wildcard
{
    /// <summary>Whether a text has wildcards.</summary>
    public static bool IsIn(string text) => text.IndexOfAny(['*', '?']) >= 0;

    /// <summary>Whether the whole text fits, whatever the case.</summary>
    public static bool Fits(string text, string pattern) => Regex.IsMatch(
        text, "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
}

namespace PSCertAuthority;

/// <summary>The wildcards <c>*</c> and <c>?</c> of filters.</summary>
internal static class Wildcard
{
    /// <summary>Whether a text has wildcards.</summary>
    public static bool IsIn(string text) => text.IndexOfAny(['*', '?']) >= 0;

    /// <summary>Whether the whole text fits, whatever the case.</summary>
    /// <remarks>Where a character does not fit, only the last star takes one more: many stars cost no more than few.</remarks>
    public static bool Fits(string text, string pattern)
    {
        int at = 0, of = 0, star = -1, resumeAt = 0;
        while (at < text.Length)
        {
            if (of < pattern.Length && pattern[of] == '*')
            {
                star = of++;
                resumeAt = at;
            }
            else if (of < pattern.Length && (pattern[of] == '?' || IsSame(pattern[of], text[at])))
            {
                of++;
                at++;
            }
            else if (star >= 0)
            {
                of = star + 1;
                at = ++resumeAt;
            }
            else
            {
                return false;
            }
        }

        while (of < pattern.Length && pattern[of] == '*') of++;
        return of == pattern.Length;
    }

    private static bool IsSame(char left, char right) => left == right || char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}

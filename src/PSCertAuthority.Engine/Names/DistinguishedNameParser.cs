using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PSCertAuthority.Names;

/// <summary>Reads subjects in OpenSSL's style and in that of RFC 4514.</summary>
internal static class DistinguishedNameParser
{
    public static IReadOnlyList<(string Field, string Value)> Parse(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
            return [];
        return IsSlashStyle(trimmed) ? ParseSlash(trimmed) : ParseComma(trimmed);
    }

    /// <summary>A slash before a field name, outside of quotes, tells OpenSSL's style; <c>CN=a/b</c> alone is RFC 4514.</summary>
    private static bool IsSlashStyle(string text) =>
        text[0] == '/' || Split(text, "/").Skip(1).Any(part => FieldOf(part) is { } field && NameAttributeType.IsKnownOrOid(field));

    private static List<(string, string)> ParseSlash(string text)
    {
        var pairs = new List<(string, string)>();
        foreach (string part in Split(text[0] == '/' ? text.Substring(1) : text, "/"))
        {
            string field = FieldOf(part)
                ?? throw NameErrors.Invalid(text, $"'{part.Trim()}' has no '='; put a value that contains a slash into double quotes");
            pairs.Add((field, Unquote(part.Substring(part.IndexOf('=') + 1), text)));
        }

        return pairs;
    }

    private static List<(string, string)> ParseComma(string text)
    {
        var pairs = new List<(string, string)>();
        foreach (string part in Split(text, ",;+"))
        {
            string field = FieldOf(part)
                ?? throw NameErrors.Invalid(text, $"'{part.Trim()}' has no '='; escape a comma in a value with a backslash or use double quotes");
            pairs.Add((field, Unquote(part.Substring(part.IndexOf('=') + 1), text)));
        }

        // RFC 4514, section 2.1: the text begins with the last element of the name.
        pairs.Reverse();
        return pairs;
    }

    private static string? FieldOf(string part) => part.IndexOf('=') is > 0 and int place ? part.Substring(0, place).Trim() : null;

    /// <summary>Splits at any of the separators, but not within double quotes nor behind a backslash.</summary>
    private static IEnumerable<string> Split(string text, string separators)
    {
        int start = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && separators.IndexOf(text[i]) >= 0)
            {
                yield return text.Substring(start, i - start);
                start = i + 1;
            }
        }

        if (quoted)
            throw NameErrors.Invalid(text, "a double quote is not closed");
        yield return text.Substring(start);
    }

    /// <summary>Takes off quotes and escapes; a hex pair stands for an octet of UTF-8 (RFC 4514, section 2.4).</summary>
    private static string Unquote(string raw, string whole)
    {
        string trimmed = raw.Trim();
        // White space that ends the value is only kept behind a backslash.
        if (trimmed.EndsWith("\\", StringComparison.Ordinal) && raw.TrimStart().Length > trimmed.Length)
            trimmed += " ";
        var octets = new List<byte>(trimmed.Length);
        for (int i = 0; i < trimmed.Length; i++)
        {
            if (trimmed[i] == '"')
                continue;
            if (trimmed[i] != '\\')
            {
                int length = char.IsHighSurrogate(trimmed[i]) && i + 1 < trimmed.Length ? 2 : 1;
                octets.AddRange(Encoding.UTF8.GetBytes(trimmed.Substring(i, length)));
                i += length - 1;
                continue;
            }

            if (i + 2 < trimmed.Length && byte.TryParse(
                    trimmed.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                octets.Add(octet);
                i += 2;
            }
            else if (++i < trimmed.Length)
                octets.AddRange(Encoding.UTF8.GetBytes(trimmed.Substring(i, 1)));
            else
                throw NameErrors.Invalid(whole, "it ends with a backslash");
        }

        return Encoding.UTF8.GetString(octets.ToArray());
    }
}

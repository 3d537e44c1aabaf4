using System;
using System.Globalization;
using System.Linq;

namespace PSCertAuthority.Names;

/// <summary>Host names of RFC 1123, section 2.1, with international ones turned into A-labels (RFC 5890).</summary>
internal static class HostName
{
    private const int MaximumLength = 253;
    private const int MaximumLabel = 63;

    /// <summary>The name in A-labels and lower case; null where it is no host name.</summary>
    public static string? ToALabels(string name, HostNameRules rules)
    {
        string prefix = string.Empty;
        string rest = name.EndsWith(".", StringComparison.Ordinal) && name.Length > 1 ? name.Substring(0, name.Length - 1) : name;
        if ((rules & HostNameRules.AllowWildcard) != 0 && rest.StartsWith("*.", StringComparison.Ordinal))
            (prefix, rest) = ("*.", rest.Substring(2));
        else if ((rules & HostNameRules.AllowLeadingDot) != 0 && rest.StartsWith(".", StringComparison.Ordinal))
            (prefix, rest) = (".", rest.Substring(1));

        string? ascii = ToAscii(rest);
        if (ascii is null || ascii.Length == 0 || ascii.Length + prefix.Length > MaximumLength)
            return null;
        string[] labels = ascii.Split('.');
        bool valid = labels.All(label => IsLabel(label, rules));
        // "*.com" would stand for every name below a top level domain.
        bool tooWide = prefix == "*." && labels.Length < 2;
        // A name whose last label is a number would be taken for an IPv4 address (RFC 1123, section 2.1).
        bool numeric = labels[labels.Length - 1].All(char.IsDigit);
        return valid && !tooWide && !numeric ? prefix + ascii : null;
    }

    private static string? ToAscii(string name)
    {
        if (name.All(c => c < 0x80))
            return name.ToLowerInvariant();
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label, HostNameRules rules) =>
        label.Length is > 0 and <= MaximumLabel
        && label[0] != '-' && label[label.Length - 1] != '-'
        && label.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' || c == '_' && (rules & HostNameRules.AllowUnderscore) != 0);
}

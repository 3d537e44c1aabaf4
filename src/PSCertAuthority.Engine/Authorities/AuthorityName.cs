using System.Linq;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Authorities;

/// <summary>The names under which a store knows authorities.</summary>
internal static class AuthorityName
{
    private const int MaximumLength = 64;

    /// <exception cref="CaAuthorityException"><c>AuthorityNameInvalid</c>.</exception>
    public static void Require(string name)
    {
        bool valid = name.Trim().Length > 0 && name.Length <= MaximumLength && UnicodeText.IsWellFormed(name) && !name.Any(c => char.IsControl(c) || "*?[]".IndexOf(c) >= 0);
        if (!valid)
            throw AuthorityErrors.NameInvalid(UnicodeText.Repair(name));
    }

    /// <summary>The name with a number behind it, cut where it would be too long.</summary>
    public static string Numbered(string name, int number)
    {
        string suffix = $"-{number}";
        return (name.Length + suffix.Length > MaximumLength ? name.Remove(MaximumLength - suffix.Length) : name) + suffix;
    }
}

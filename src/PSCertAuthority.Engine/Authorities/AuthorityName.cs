using System.Linq;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

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
    public static string Numbered(string name, int number) => Suffixed(name, $"-{number}");

    /// <summary>The name with a suffix, cut where it would be too long.</summary>
    public static string Suffixed(string name, string suffix) =>
        (name.Length + suffix.Length > MaximumLength ? name.Remove(MaximumLength - suffix.Length) : name) + suffix;

    /// <summary>The name with the first number behind it that no authority has.</summary>
    public static string Free(StoreUnit unit, string name)
    {
        int number = 1;
        while (unit.Authorities.FindByName(Numbered(name, number)) is not null)
            number++;
        return Numbered(name, number);
    }
}

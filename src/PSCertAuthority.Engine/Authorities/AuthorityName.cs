using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>The names under which a store knows authorities.</summary>
internal static class AuthorityName
{
    private const int MaximumLength = 64;

    private static readonly char[] Wildcards = ['*', '?', '[', ']'];

    /// <summary>Of a serial number, before its beginning counts as one.</summary>
    private const int FewestDigits = 8;

    /// <exception cref="CaAuthorityException"><c>AuthorityNameInvalid</c>.</exception>
    public static void Require(string name)
    {
        // Two names that look alike would be two authorities.
        bool valid = name.Length is > 0 and <= MaximumLength && name.Trim() == name && UnicodeText.IsWellFormed(name) && !name.Any(UnicodeText.IsInvisible)
            && name.IndexOfAny(Wildcards) < 0 && name.IsNormalized(NormalizationForm.FormC);
        if (!valid)
            throw AuthorityErrors.NameInvalid(UnicodeText.Repair(name));
    }

    /// <summary>Holds a new name against the serial numbers and common names of other authorities; gives warnings.</summary>
    /// <param name="unit">The unit that it belongs to.</param>
    /// <param name="name">The name.</param>
    /// <param name="id">Whose it will be; 0 before it was inserted.</param>
    /// <exception cref="CaAuthorityException"><c>AuthorityNameIsSerialNumber</c>.</exception>
    public static IReadOnlyList<string> Check(StoreUnit unit, string name, int id)
    {
        AuthorityRecord[] others = [.. unit.Authorities.WithPending().Where(other => other.Id != id)];
        string? whole = SerialNumbers.TryParseWhole(name), start = SerialNumbers.TryParsePrefix(name) is { Length: >= FewestDigits } prefix ? prefix : null;
        if (others.FirstOrDefault(other => other.SerialNumber == whole || (start is not null && other.SerialNumber.StartsWith(start, StringComparison.Ordinal))) is { } owner)
            throw AuthorityErrors.NameIsSerialNumber(name, owner.Name);
        return
        [
            .. others.Where(other => string.Equals(other.CommonName, name, StringComparison.OrdinalIgnoreCase) && !string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase))
                .Select(other => $"'{name}' is the common name of the authority '{other.Name}' too. From now on '{name}' means the authority of that name."),
        ];
    }

    /// <summary>A common name as an authority's name is written: without blanks around it, letters with marks as one character each.</summary>
    public static string? Of(string? commonName) =>
        commonName is null || !UnicodeText.IsWellFormed(commonName) ? commonName : commonName.Trim().Normalize(NormalizationForm.FormC);

    /// <summary>The same for a name that an administrator chooses: nor may it be what names another authority so far. A certificate that is imported has the name that it has.</summary>
    /// <inheritdoc cref="Check" path="/param"/>
    /// <exception cref="CaAuthorityException"><c>AuthorityNameIsSerialNumber</c> or <c>AuthorityNameIsCommonName</c>.</exception>
    public static IReadOnlyList<string> CheckChosen(StoreUnit unit, string name, int id)
    {
        IReadOnlyList<string> warnings = Check(unit, name, id);
        if (unit.Authorities.FindByName(name) is not null)
            return warnings;
        IReadOnlyList<AuthorityRecord> named = AuthorityFinder.FindAllWithPending(unit, name);
        return named.Count > 0 && named.All(other => other.Id != id) ? throw AuthorityErrors.NameIsCommonName(name, named[0].Name) : warnings;
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

using System;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>
/// How the files of an authority (CRLs, certificate) are named. The names stay with the key, because certificates name URLs: after Issuing has got a new
/// key, Issuing.crl goes on to be the CRL of the old one, and that of the new one is Issuing-2.crl.
/// </summary>
internal static class KeyFileNames
{
    /// <summary>The name for the files of a new key that takes the place of the present one, and the number of that key.</summary>
    public static (string FileName, int KeyNumber) Next(StoreUnit unit, AuthorityRecord present)
    {
        int number = KeyFamily.Of(unit, present).Members.Max(member => member.KeyNumber) + 1;
        return Free(unit, StemOf(present), number);
    }

    /// <summary>The present name without the number of the key.</summary>
    public static string StemOf(AuthorityRecord authority)
    {
        string name = authority.FileName ?? authority.Name, suffix = SuffixOf(authority.KeyNumber);
        return suffix.Length > 0 && name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name.Remove(name.Length - suffix.Length) : name;
    }

    /// <summary><c>-2</c> for the second key; nothing for the first.</summary>
    public static string SuffixOf(int keyNumber) => keyNumber > 1 ? "-" + keyNumber.ToString(CultureInfo.InvariantCulture) : string.Empty;

    /// <summary>Whether no authority has that name, or files of that name.</summary>
    public static bool IsFree(StoreUnit unit, string name) => unit.Authorities.All().All(other =>
        !string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase) && !string.Equals(other.FileName, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first free name with a number behind it.</summary>
    public static (string FileName, int KeyNumber) Free(StoreUnit unit, string stem, int from)
    {
        int number = from;
        while (!IsFree(unit, stem + SuffixOf(number)))
            number++;
        return (stem + SuffixOf(number), number);
    }
}

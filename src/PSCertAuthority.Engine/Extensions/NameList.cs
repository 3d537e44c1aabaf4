using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Extensions;

/// <summary>Lists of names as they are typed, or stand in the column of a table.</summary>
internal static class NameList
{
    private static readonly char[] Separators = [',', ';'];

    public static IEnumerable<string> Split(IEnumerable<string> names) => (names ?? throw new ArgumentNullException(nameof(names)))
        .SelectMany(name => name.Split(Separators)).Select(name => name.Trim()).Where(name => name.Length > 0);
}

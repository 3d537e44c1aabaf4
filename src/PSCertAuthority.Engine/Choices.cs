using System;
using System.Linq;

namespace PSCertAuthority;

/// <summary>Reads the names of enumerations, and nothing else that .NET would take for a value of one.</summary>
internal static class Choices
{
    /// <exception cref="FormatException">It is none of them; the message lists them.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum
    {
        string[] names = Enum.GetNames(typeof(T));
        string? name = names.FirstOrDefault(known => string.Equals(known, text.Trim(), StringComparison.OrdinalIgnoreCase));
        return name is not null && Enum.TryParse(name, out T choice) ? choice : throw new FormatException($"'{text}' is none of {string.Join(", ", names)}.");
    }
}

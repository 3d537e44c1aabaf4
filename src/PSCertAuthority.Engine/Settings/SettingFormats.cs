using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Names;

namespace PSCertAuthority.Settings;

/// <summary>Reads what was given for a setting; a <see cref="FormatException"/> says why it cannot be.</summary>
internal static class SettingFormats
{
    public static string Single(IReadOnlyList<string> values) =>
        values.Count == 1 ? values[0].Trim() : throw new FormatException("it takes a single value.");

    public static int Number(string text, int least, int most) =>
        int.TryParse(text.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is no whole number from {least} to {most}.");

    public static Func<IReadOnlyList<string>, IReadOnlyList<string>> Numbers(int least, int most) => values =>
        [Text(Number(Single(values), least, most))];

    /// <summary>Different numbers, largest first.</summary>
    public static IReadOnlyList<string> Days(IReadOnlyList<string> values) =>
        [.. values.Select(value => Number(value, 0, 3650)).Distinct().OrderByDescending(days => days).Select(Text)];

    public static IReadOnlyList<string> Switch(IReadOnlyList<string> values) =>
        bool.TryParse(Single(values), out bool on) ? [on ? "true" : "false"] : throw new FormatException($"'{values[0]}' is neither true nor false.");

    public static IReadOnlyList<string> Choice<T>(IReadOnlyList<string> values)
        where T : struct, Enum => [Choices.Parse<T>(Single(values)).ToString()];

    public static IReadOnlyList<string> Subject(IReadOnlyList<string> values) => [DistinguishedName.Parse(Single(values)).ToText()];

    public static IReadOnlyList<string> AbsolutePath(IReadOnlyList<string> values)
    {
        string path = Single(values);
        bool absolute = System.IO.Path.IsPathRooted(path) && System.IO.Path.GetFullPath(path) == path.TrimEnd(System.IO.Path.DirectorySeparatorChar);
        return absolute ? [System.IO.Path.GetFullPath(path)] : throw new FormatException($"'{path}' is no full path.");
    }

    public static IReadOnlyList<string> Host(IReadOnlyList<string> values)
    {
        string host = Single(values);
        return Uri.CheckHostName(host) != UriHostNameType.Unknown ? [host] : throw new FormatException($"'{host}' is no host name or address.");
    }

    public static IReadOnlyList<string> Address(IReadOnlyList<string> values) => [Notifications.MailAddress.Parse(Single(values)).ToString()];

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static object? ShowText(IReadOnlyList<string> values) => values.Count == 0 ? null : values[0];

    public static object? ShowNumber(IReadOnlyList<string> values) => int.Parse(values[0], CultureInfo.InvariantCulture);

    public static object? ShowNumbers(IReadOnlyList<string> values) => values.Select(value => int.Parse(value, CultureInfo.InvariantCulture)).ToArray();

    public static object? ShowSwitch(IReadOnlyList<string> values) => values[0] == "true";
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PSCertAuthority;

/// <summary>How long something lasts, as people write it: <c>8h</c>, <c>90d</c>, <c>18mo</c>, <c>1d12h</c>, <c>7</c> (days), or <c>3.12:00:00</c>.</summary>
public static class Duration
{
    /// <summary>The forms that are understood, for messages.</summary>
    public const string Forms = "Valid forms: 7 (days), 30s, 10min, 8h, 90d, 2w, 18mo, 1y, 1d12h, 3.12:00:00.";

    private static readonly Regex Bare = new(@"^\s*([+-]?\d+(?:\.\d+)?)\s*$", RegexOptions.CultureInvariant);

    private static readonly Regex Parts = new(@"^\s*(?:(?<number>\d+(?:\.\d+)?)\s*(?<unit>s|min|h|d|w|mo|y)\s*)+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Dictionary<string, TimeSpan> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s"] = TimeSpan.FromSeconds(1),
        ["min"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1),
        ["w"] = TimeSpan.FromDays(7),
    };

    /// <summary>Reads a duration. Months and years are those of the calendar, from <paramref name="start"/> on.</summary>
    /// <param name="text">One of the <see cref="Forms"/>; a bare number is days. It may be negative or zero: whoever uses it decides on that.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="duration">The duration.</param>
    /// <returns>Whether the text is one, and the calendar has room for it.</returns>
    public static bool TryParse(string text, DateTime start, out TimeSpan duration)
    {
        duration = default;
        if (text is null)
            return false;
        if (Bare.Match(text) is { Success: true } bare)
            return TryFromDays(double.Parse(bare.Groups[1].Value, CultureInfo.InvariantCulture), out duration);
        return Parts.Match(text) is { Success: true } parts ? TryAdd(parts, start, out duration) : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
    }

    /// <summary>That many days; false where no TimeSpan is as long.</summary>
    /// <param name="days">How many; a fraction is part of a day.</param>
    /// <param name="duration">The duration.</param>
    public static bool TryFromDays(double days, out TimeSpan duration)
    {
        bool fits = Math.Abs(days) < TimeSpan.MaxValue.TotalDays;
        duration = fits ? TimeSpan.FromDays(days) : default;
        return fits;
    }

    private static bool TryAdd(Match parts, DateTime start, out TimeSpan duration)
    {
        duration = default;
        try
        {
            DateTime end = start;
            for (int i = 0; i < parts.Groups["unit"].Captures.Count; i++)
            {
                double number = double.Parse(parts.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture);
                string unit = parts.Groups["unit"].Captures[i].Value;
                if (Units.TryGetValue(unit, out TimeSpan length))
                    end += TimeSpan.FromTicks(checked((long)(length.Ticks * number)));
                else if (number == Math.Floor(number))
                    end = end.AddMonths(checked((int)number * (unit.Length == 1 ? 12 : 1)));
                else
                    return false;
            }

            duration = end - start;
            return true;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }
    }
}

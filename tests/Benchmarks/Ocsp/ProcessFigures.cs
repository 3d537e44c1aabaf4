using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>What Linux tells of processes below <c>/proc</c>; nothing of those that are gone.</summary>
internal static class ProcessFigures
{
    // USER_HZ, which Linux has kept at 100 towards programs.
    private const long TicksPerClock = TimeSpan.TicksPerSecond / 100;

    // Behind the name, which may have spaces: state, parent, … user and system time.
    private const int Parent = 1, User = 11, System = 12;

    /// <summary>User and system time.</summary>
    public static TimeSpan ProcessorTime(int id) => Fields(id) is { } fields ? TimeSpan.FromTicks((Number(fields[User]) + Number(fields[System])) * TicksPerClock) : default;

    /// <summary>A line of its status file that counts kB, as octets.</summary>
    public static long Octets(int id, string name)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
            return line is null ? 0 : Number(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public static TimeSpan Sum(int id, Func<int, TimeSpan> figure) => TimeSpan.FromTicks(Sum(id, process => figure(process).Ticks));

    /// <summary>A figure of a process and its children.</summary>
    public static long Sum(int id, Func<int, long> figure) => figure(id) + Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : 0)
        .Where(process => process > 0 && Fields(process) is { } fields && Number(fields[Parent]) == id)
        .Sum(figure);

    private static string[]? Fields(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

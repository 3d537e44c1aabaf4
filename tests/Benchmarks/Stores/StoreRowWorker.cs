using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.ModuleTests;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>The process in which a row is done: a round for each line that it reads; it writes the figure, and at the end its peak memory.</summary>
internal static class StoreRowWorker
{
    public static void Run(string name, string storePath, string requests, int size)
    {
        StoreRow row = StoreRows.All.Single(candidate => candidate.Name == name);
        using var session = new ModuleSession();
        session.Run($"$PSDefaultParameterValues['*-Ca*:StorePath'] = '{storePath}'; $size = {size}; $paths = [IO.Directory]::GetFiles('{requests}')");
        session.Run(row.Preparation);
        for (int round = 0; Console.ReadLine() is not null; round++)
        {
            session.Run($"$round = {round}");
            var watch = Stopwatch.StartNew();
            object? done = session.Run(row.Script).LastOrDefault()?.BaseObject;
            double seconds = watch.Elapsed.TotalSeconds;
            double figure = row.Unit switch
            {
                "/s" => Convert.ToDouble(done, CultureInfo.InvariantCulture) / seconds,
                "ms" => seconds * 1000,
                _ => seconds,
            };
            Console.WriteLine(figure.ToString("R", CultureInfo.InvariantCulture));
        }

        Console.WriteLine(PeakMegabytes().ToString(CultureInfo.InvariantCulture));
    }

    private static long PeakMegabytes()
    {
        if (!OperatingSystem.IsLinux())
            return Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) >> 10;
    }
}

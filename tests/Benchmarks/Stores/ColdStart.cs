using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using PSCertAuthority.ModuleTests;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>One certificate from a process that was just started, over what starting <c>pwsh</c> alone takes.</summary>
internal static class ColdStart
{
    /// <summary>The seconds of each round, those of <c>pwsh</c> alone taken off.</summary>
    public static IReadOnlyList<double> Measure(string folder, string store, string request, int rounds) => Measure(
        folder, $"; New-CaCertificate '{request}' -Authority {StoreBuilder.Authority} -UseRequestSubject -StorePath '{store}' | ForEach-Object {{ $_.SerialNumber }}", rounds);

    /// <summary>The same of the import alone.</summary>
    public static IReadOnlyList<double> MeasureImport(string folder, int rounds) => Measure(folder, string.Empty, rounds);

    private static List<double> Measure(string folder, string work, int rounds)
    {
        string script = Path.Combine(folder, "work.ps1");
        string nothing = Path.Combine(folder, "nothing.ps1");
        File.WriteAllText(script, $"Import-Module '{ModuleSession.ModulePath}'{work}");
        File.WriteAllText(nothing, "$null");
        var seconds = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            double engine = Time(nothing);
            seconds.Add(Time(script) - engine);
        }

        return seconds;
    }

    private static double Time(string script)
    {
        var watch = Stopwatch.StartNew();
        NativeProgram.Run("pwsh", "-NoProfile", "-File", script);
        return watch.Elapsed.TotalSeconds;
    }
}

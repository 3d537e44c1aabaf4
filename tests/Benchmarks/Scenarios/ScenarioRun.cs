using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>Runs scenarios by name and prints a table of medians: all contenders in turn, so that a busy machine troubles all alike.</summary>
internal static class ScenarioRun
{
    private static readonly Dictionary<string, Func<Scenario>> s_scenarios = new(StringComparer.OrdinalIgnoreCase)
    {
        ["issue-p256"] = () => new IssueScenario("P256", "EC", 1000),
        ["issue-rsa4096"] = () => new IssueScenario("R4096", "RSA", 200),
        ["import"] = () => new ImportScenario(),
        ["ocsp-p256"] = () => new OcspScenario(KeyType.EC, nonces: false),
        ["ocsp-p256-nonce"] = () => new OcspScenario(KeyType.EC, nonces: true),
        ["ocsp-rsa2048"] = () => new OcspScenario(KeyType.RSA, nonces: false),
        ["ocsp-rsa2048-nonce"] = () => new OcspScenario(KeyType.RSA, nonces: true),
        ["ocsp-halfload"] = () => new OcspHalfLoadScenario(),
        ["ocsp-ready"] = () => new OcspReadyScenario(),
        ["web"] = () => new WebScenario(),
    };

    /// <summary>Runs those of that name, or whose name begins with it and a hyphen.</summary>
    /// <returns>0, or 64 for a name that is not known.</returns>
    public static int RunAll(IReadOnlyList<string> names, TextWriter output)
    {
        const int usage = 64;
        if (names.FirstOrDefault(name => !Named(name).Any()) is { } unknown)
        {
            Console.Error.WriteLine($"There is no scenario '{unknown}', but {string.Join(", ", s_scenarios.Keys)}; without a name all are run.");
            return usage;
        }

        foreach (string name in names.Count > 0 ? names.SelectMany(Named).Distinct() : s_scenarios.Keys)
        {
            using Scenario scenario = s_scenarios[name]();
            Run(scenario, output);
        }

        return 0;
    }

    private static IEnumerable<string> Named(string name) => s_scenarios.Keys.Where(key =>
        key.Equals(name, StringComparison.OrdinalIgnoreCase) || key.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase));

    private static void Run(Scenario scenario, TextWriter output)
    {
        IReadOnlyList<Contender> contenders = scenario.Contenders;
        var figures = contenders.ToDictionary(c => c, _ => new List<double>());
        for (int round = 0; round < scenario.Rounds; round++)
        {
            foreach (Contender contender in contenders)
                figures[contender].Add(contender.Measure());
        }

        output.WriteLine($"\n{scenario.Title}; medians of {scenario.Rounds}");
        double ours = Median(figures[contenders[0]]);
        foreach (Contender contender in contenders)
        {
            List<double> all = figures[contender];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {contender.Name,-46} {Median(all),8:N0} {contender.Unit,-4} (from {all.Min():N0} to {all.Max():N0}; ours is {ours / Median(all):N2} of it)"));
        }

        foreach (string line in scenario.Details)
            output.WriteLine(line);
    }

    private static double Median(List<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

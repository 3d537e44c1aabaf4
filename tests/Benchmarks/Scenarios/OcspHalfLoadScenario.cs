using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Benchmarks.Ocsp;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>How long the slowest hundredth waits at 15,000 questions a second, half of what is aimed at.</summary>
internal sealed class OcspHalfLoadScenario : Scenario
{
    private const int PerSecond = 15_000;
    private readonly ServedProgram _ours;
    private readonly SteadyLoad _load;

    public OcspHalfLoadScenario()
    {
        FilledStore store = FilledStore.Open(KeyType.EC, 100_000);
        var writer = new RequestWriter(store.RootPath);
        _ours = ServedProgram.Ours(store.StorePath);
        _load = new SteadyLoad(_ours.Url, [.. store.Serials.Select(serial => writer.Write([serial], []))]);
    }

    public override string Title => $"OCSP, P-256, from the cache, {PerSecond:N0} a second from this process";

    public override IReadOnlyList<Contender> Contenders => [new("PSCertAuthority.Server, p99", "µs", Measure)];

    public override void Dispose()
    {
        _ours.Dispose();
        base.Dispose();
    }

    private double Measure()
    {
        double[] latencies = _load.Run(PerSecond, TimeSpan.FromSeconds(5));
        return latencies[(int)(latencies.Length * 0.99)] * 1000;
    }
}

using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using PSCertAuthority.Benchmarks.Ocsp;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>How long the slowest hundredth waits at 15,000 questions a second, half of what is aimed at.</summary>
internal sealed class OcspHalfLoadScenario : Scenario
{
    // 64 connections that rest 4 ms between an answer and the next question ask some 15,000 times a second, however fast they are answered.
    private const int Connections = 64;
    private const int Pause = 4;
    private const int Seconds = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("psca-half-").FullName;
    private readonly string _requests;
    private readonly ServedProgram _ours;
    private readonly List<LoadFigures> _figures = [];

    public OcspHalfLoadScenario()
    {
        FilledStore store = FilledStore.Open(KeyType.EC, 100_000);
        _requests = Path.Combine(_folder, "requests.txt");
        new RequestWriter(store.RootPath).WriteFile(_requests, store.Serials, nonces: false);
        _ours = ServedProgram.Ours(store.CopyTo(_folder));
    }

    public override string Title => "OCSP, P-256, from the cache, half of the load aimed at";

    public override IReadOnlyList<Contender> Contenders => [new("PSCertAuthority.Server, p99", "µs", Measure)];

    public override IEnumerable<string> Details => _figures.Select(figures => string.Create(
        CultureInfo.InvariantCulture, $"  {figures.PerSecond,8:N0} /s: p50 {figures.Median:N2} ms, p99 {figures.P99:N2} ms, {figures.Errors} errors, {figures.ServerCores:N2} cores"));

    public override void Dispose()
    {
        _ours.Dispose();
        Directory.Delete(_folder, recursive: true);
        base.Dispose();
    }

    private double Measure()
    {
        LoadFigures figures = Wrk.Run(_ours, _requests, nonces: false, Seconds, Connections, Pause);
        _figures.Add(figures);
        return figures.P99 * 1000;
    }
}

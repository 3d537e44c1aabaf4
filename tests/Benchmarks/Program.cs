using System;
using System.Globalization;
using BenchmarkDotNet.Running;
using PSCertAuthority.Benchmarks.Scenarios;
using PSCertAuthority.Benchmarks.Soak;
using PSCertAuthority.Benchmarks.Stores;
using PSCertAuthority.Soak;

// "scenario NAME…" times whole jobs beside openssl, "scenario all --size N" what is done on a store of N certificates; anything else goes to BenchmarkDotNet, which times the engine's steps.
if (args is ["scenario", .. string[] rows, "--size", string size])
    return new StoreTable(int.Parse(size, CultureInfo.InvariantCulture), Console.Out).Run(rows);
if (args is ["store-row", string row, string store, string requests, string count])
{
    StoreRowWorker.Run(row, store, requests, int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

// "search SIZE" times what the pages of the web interface ask of a store of so many certificates.
if (args is ["search", string many])
    return SearchTimes.Run(int.Parse(many, CultureInfo.InvariantCulture), Console.Out);
if (args is ["scenario", .. string[] names])
    return ScenarioRun.RunAll(names, Console.Out);
// "soak-ocsp MINUTES" keeps the responder busy for that long.
if (args is ["soak-ocsp", string minutes])
    return OcspSoak.Run(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), Console.Out);
// "soak --minutes N" has eight processes work on one store, kills them, and damages what they work on.
if (args is ["soak", "--minutes", string soaked])
    return SoakRun.Run(TimeSpan.FromMinutes(double.Parse(soaked, CultureInfo.InvariantCulture)), Console.Out);
if (args is ["soak-worker", string folder, string role, string clock])
{
    using var worker = new SoakWorker(folder, role, clock == "moving");
    worker.Run();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;

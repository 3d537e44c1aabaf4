using System;
using System.Globalization;
using BenchmarkDotNet.Running;
using PSCertAuthority.Benchmarks.Scenarios;
using PSCertAuthority.Benchmarks.Soak;

// "scenario NAME…" times whole jobs beside openssl; anything else goes to BenchmarkDotNet, which times the engine's steps.
if (args is ["build", string size, string percent])
{
    Console.WriteLine(PSCertAuthority.Benchmarks.Stores.StoreBuilder.Build(new(int.Parse(size, System.Globalization.CultureInfo.InvariantCulture), int.Parse(percent, System.Globalization.CultureInfo.InvariantCulture))));
    return 0;
}

if (args is ["scenario", .. string[] names])
    return ScenarioRun.RunAll(names, Console.Out);
// "soak-ocsp MINUTES" keeps the responder busy for that long.
if (args is ["soak-ocsp", string minutes])
    return OcspSoak.Run(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), Console.Out);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;

using System;
using BenchmarkDotNet.Running;
using PSCertAuthority.Benchmarks.Scenarios;

// "scenario NAME…" times whole jobs beside openssl; anything else goes to BenchmarkDotNet, which times the engine's steps.
if (args is ["scenario", .. string[] names])
    return ScenarioRun.RunAll(names, Console.Out);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;

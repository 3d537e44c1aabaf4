using System;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>One who does a job: the name, the unit of the figure, and the job, which returns it.</summary>
internal sealed record Contender(string Name, string Unit, Func<double> Measure);

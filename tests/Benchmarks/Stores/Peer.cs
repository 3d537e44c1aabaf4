using System;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>A program of the machine that does the same.</summary>
/// <param name="Name">Which one, and on what.</param>
/// <param name="Measure">Does it once, and gives the figure in the unit of the row.</param>
internal sealed record Peer(string Name, Func<double> Measure);

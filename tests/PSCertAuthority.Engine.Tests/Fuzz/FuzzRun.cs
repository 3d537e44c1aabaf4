using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Xunit;
using Xunit.Abstractions;

namespace PSCertAuthority.Tests.Fuzz;

/// <summary>
/// Gives a parser bad inputs for a while: it may say what is wrong with them, and nothing else. The variable PSCA_FUZZ_SECONDS says for how long,
/// PSCA_FUZZ_SEED repeats what an earlier run did.
/// </summary>
internal static class FuzzRun
{
    private const long MostAllocated = 256L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static TimeSpan Duration => TimeSpan.FromSeconds(Number("PSCA_FUZZ_SECONDS") ?? 2);

    /// <summary>Reads bad inputs until the time is over.</summary>
    /// <param name="name">What is read.</param>
    /// <param name="samples">Good inputs.</param>
    /// <param name="parse">Reads one; a <see cref="CaException"/> refuses it, any other is a failure.</param>
    /// <param name="output">Is told how many there were.</param>
    /// <param name="finish">Brings what was changed into its form, for example by signing it.</param>
    public static void Run(string name, IReadOnlyList<byte[]> samples, Action<byte[]> parse, ITestOutputHelper output, Func<byte[], byte[]>? finish = null)
    {
        int seed = Number("PSCA_FUZZ_SEED") ?? Random.Shared.Next();
        foreach (byte[] sample in samples)
            parse(finish?.Invoke(sample) ?? sample);

        var mutator = new Mutator(seed, samples);
        byte[] current = [];
        long began = Environment.TickCount64, inputs = 0, accepted = 0, slowest = 0, most = 0;
        string? wrong = null;
        bool over = false;
        var worker = new Thread(() =>
        {
            while (!Volatile.Read(ref over) && wrong is null)
            {
                byte[] changed = mutator.Next();
                current = finish?.Invoke(changed) ?? changed;
                Volatile.Write(ref began, Environment.TickCount64);
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    parse(current);
                    accepted++;
                }
                catch (CaException)
                {
                    // What it should say.
                }
                catch (Exception e)
                {
                    wrong = e.ToString();
                }

                inputs++;
                slowest = Math.Max(slowest, Environment.TickCount64 - began);
                most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - allocated);
                if (most > MostAllocated)
                    wrong ??= $"{most >> 20} MB were taken for it.";
            }
        })
        { IsBackground = true };
        worker.Start();
        long end = Environment.TickCount64 + (long)Duration.TotalMilliseconds;
        bool IsStuck() => Environment.TickCount64 - Volatile.Read(ref began) > Longest.TotalMilliseconds;
        while (Environment.TickCount64 < end && !IsStuck() && !worker.Join(20))
        {
            // The worker goes on.
        }

        Volatile.Write(ref over, true);
        if (!worker.Join(Longest))
            wrong = $"It took more than {Longest}.";
        Assert.True(wrong is null, $"{name}, seed {seed}, input {inputs} of {current.Length} octets: {wrong}\n{Convert.ToBase64String(current)}");
        Assert.True(inputs > 0);
        output.WriteLine($"{name}: {inputs} inputs, {accepted} accepted; the slowest took {slowest} ms, the largest {most >> 10} KB");
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}

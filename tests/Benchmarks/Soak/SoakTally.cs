using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace PSCertAuthority.Benchmarks.Soak;

/// <summary>What the parts of a soak did, and what went wrong.</summary>
internal sealed class SoakTally
{
    private const int FaultsToShow = 20;
    private readonly ConcurrentDictionary<string, long> _acts = new();
    private readonly ConcurrentDictionary<string, double> _longest = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly List<long> _resident = [];
    private int _faultCount;

    public int Faults => _faultCount;

    public void Did(string act, double milliseconds)
    {
        _acts.AddOrUpdate(act, 1, (_, count) => count + 1);
        _longest.AddOrUpdate(act, milliseconds, (_, longest) => Math.Max(longest, milliseconds));
    }

    public void Fault(string what)
    {
        Interlocked.Increment(ref _faultCount);
        if (_faults.Count < FaultsToShow)
            _faults.Enqueue($"{DateTime.UtcNow:HH:mm:ss} {what}");
    }

    public double Longest(string act) => _longest.GetValueOrDefault(act);

    public void Sample(long resident)
    {
        lock (_resident)
            _resident.Add(resident);
    }

    /// <summary>The mean of the samples of a part of the time, in octets; parts are from 0 to 1.</summary>
    public double Resident(double from, double to)
    {
        lock (_resident)
            return _resident.Skip((int)(_resident.Count * from)).Take(Math.Max(1, (int)(_resident.Count * (to - from)))).DefaultIfEmpty().Average();
    }

    public void Write(TextWriter output)
    {
        foreach ((string act, long count) in _acts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {act,-44} {count,10:N0}   longest {Longest(act),8:N0} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  resident MB: {Resident(0, 0.1) / 1e6:N0} in the first tenth, {Resident(0.45, 0.55) / 1e6:N0} in the middle, {Resident(0.9, 1) / 1e6:N0} in the last; halves {Resident(0, 0.5) / 1e6:N0} and {Resident(0.5, 1) / 1e6:N0}"));
        output.WriteLine($"  faults: {_faultCount}");
        foreach (string fault in _faults)
            output.WriteLine("    " + fault);
    }
}

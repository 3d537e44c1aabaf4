using System;
using System.Collections.Generic;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>A whole job, done by us and, in turn, by those who do it too.</summary>
internal abstract class Scenario : IDisposable
{
    /// <summary>What the job is, in words.</summary>
    public abstract string Title { get; }

    /// <summary>How often each does it; the table shows the medians.</summary>
    public virtual int Rounds => 5;

    /// <summary>Who does it; each returns the figure of one round.</summary>
    public abstract IReadOnlyList<Contender> Contenders { get; }

    /// <summary>What else there is to tell once all rounds are over, line by line.</summary>
    public virtual IEnumerable<string> Details => [];

    /// <summary>Removes what the scenario left.</summary>
    public virtual void Dispose()
    {
    }
}

using System;
using System.Collections.Generic;

namespace PSCertAuthority.Web;

/// <summary>A web interface that runs, as it was when it was asked.</summary>
public sealed record WebInterface
{
    /// <summary>The page to open.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its port.</summary>
    public int Port => Url.Port;

    /// <summary>What tells this web interface from all others, also from a later one at the same port.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>The number of its process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it was started; local time.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>The store that it works on.</summary>
    public required string StorePath { get; init; }

    /// <summary>Whether its process answers at the port.</summary>
    public bool Ready { get; init; }

    /// <summary>What its keeper should look into.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    internal string RunFile { get; init; } = string.Empty;

    /// <summary>The page to open.</summary>
    public override string ToString() => Url.ToString();
}

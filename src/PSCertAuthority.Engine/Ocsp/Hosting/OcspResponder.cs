using System;
using System.Collections.Generic;

namespace PSCertAuthority.Ocsp;

/// <summary>A responder that runs, as it was when it was asked.</summary>
public sealed record OcspResponder
{
    /// <summary>Where it answers.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its port.</summary>
    public int Port => Url.Port;

    /// <summary>What tells this responder from all others, also from a later one at the same port.</summary>
    public Guid InstanceId { get; init; }

    /// <summary>The number of its process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it was started; local time.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>The authorities that it speaks for.</summary>
    public required IReadOnlyList<string> Authority { get; init; }

    /// <summary>The store that it reads.</summary>
    public required string StorePath { get; init; }

    /// <summary>Whether it can answer.</summary>
    public bool Ready { get; init; }

    /// <summary>What its keeper should look into.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How many OCSP requests it answered.</summary>
    public long Requests { get; init; }

    /// <summary>How many responses it signed.</summary>
    public long Signatures { get; init; }

    /// <summary>How many certificates it knows.</summary>
    public long Certificates { get; init; }

    internal string RunFile { get; init; } = string.Empty;

    /// <summary>Where it answers.</summary>
    public override string ToString() => Url.ToString();
}

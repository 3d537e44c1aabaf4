using System;
using System.Collections.Generic;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>One row of the table of stores: a job that is done five times by one process of ours, and in turn by its peers.</summary>
/// <param name="Name">How the row is asked for.</param>
/// <param name="Title">What is done.</param>
/// <param name="Unit">The unit of the figures; what ends in <c>/s</c> is better high, the rest low.</param>
/// <param name="Script">Does it once. <c>$paths</c> are request files, <c>$round</c> counts from 0, <c>$folder</c> is there for files; gives what was done as a number, or nothing where the time counts.</param>
internal sealed record StoreRow(string Name, string Title, string Unit, string Script)
{
    /// <summary>Runs before the rounds, untimed.</summary>
    public string Preparation { get; init; } = string.Empty;

    /// <summary>Of a hundred certificates of the store, how many are revoked.</summary>
    public int RevokedPercent { get; init; } = 10;

    /// <summary>Whether it is also done on a store without certificates, in turn.</summary>
    public bool IsBesideEmpty { get; init; }

    /// <summary>Who else does it, given the number of certificates and a folder.</summary>
    public Func<int, string, IReadOnlyList<Peer>> Peers { get; init; } = (_, _) => [];
}

using System;

namespace PSCertAuthority.Storage;

/// <summary>That a watcher was told of a certificate at a day mark, or that a run is about to do so. Times are UTC, whole seconds.</summary>
internal sealed record NoticeRecord
{
    public required int AuthorityId { get; init; }

    public required string SerialNumber { get; init; }

    /// <summary>The address of the watcher, in lower case.</summary>
    public required string Address { get; init; }

    /// <summary>How many days before the end the notice was due.</summary>
    public required int Day { get; init; }

    /// <summary>The run that sent or claimed it.</summary>
    public required Guid Run { get; init; }

    /// <summary>When it was sent or claimed.</summary>
    public required DateTime At { get; init; }

    /// <summary>Until when nobody else sends it; null once it is sent.</summary>
    public DateTime? ClaimedUntil { get; init; }

    public bool IsSent => ClaimedUntil is null;

    /// <summary>Whether another run has to leave it alone.</summary>
    public bool IsTaken(DateTime now) => IsSent || ClaimedUntil > now;
}

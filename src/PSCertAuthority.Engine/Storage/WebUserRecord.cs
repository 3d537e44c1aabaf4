using System;
using PSCertAuthority.Web;

namespace PSCertAuthority.Storage;

/// <summary>A user of the web interface as the store keeps it. Times are UTC, whole seconds.</summary>
internal sealed record WebUserRecord
{
    /// <summary>Given once, when the user was made; another user of the same name has another one. Empty in records of earlier versions.</summary>
    public Guid Id { get; init; }

    /// <summary>As it was given; unique in any case.</summary>
    public required string Name { get; init; }

    public required WebRole Role { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Of the password, which itself is not kept.</summary>
    public required PasswordHash PasswordHash { get; init; }

    /// <summary>What sessions are bound to; another one ends them all.</summary>
    public required string SecurityStamp { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Since signing in last went well.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>No password is tried before that; null or past for not locked.</summary>
    public DateTime? LockedUntil { get; init; }

    public DateTime? LastSignInAt { get; init; }
}

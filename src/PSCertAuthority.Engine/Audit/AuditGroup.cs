using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PSCertAuthority.Audit;

/// <summary>The acts of one unit of work, chained to those before by a hash.</summary>
/// <param name="First">The number of its first act; 1 for the first of the store.</param>
/// <param name="At">UTC, whole seconds.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Entries">One at least.</param>
/// <param name="Hash">SHA-256 over the hash of the group before and all that is in this one.</param>
internal sealed record AuditGroup(long First, DateTime At, AuditActor Actor, IReadOnlyList<AuditEntry> Entries, byte[] Hash)
{
    /// <summary>The number that the first act of the next group gets.</summary>
    public long Next => First + Entries.Count;

    /// <summary>The group that follows <paramref name="previous"/>; null for the first of a store.</summary>
    /// <param name="previous">The group before.</param>
    /// <param name="at">UTC, whole seconds.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="entries">One at least.</param>
    /// <param name="least">The number of its first act is not lower; for a restored store.</param>
    public static AuditGroup Following(AuditGroup? previous, DateTime at, AuditActor actor, IReadOnlyList<AuditEntry> entries, long least = 0)
    {
        var group = new AuditGroup(Math.Max(least, previous?.Next ?? 1), at, actor, entries, []);
        return group with { Hash = group.ComputeHash(previous?.Hash) };
    }

    /// <summary>Whether it follows that group, and is as it was written.</summary>
    public bool Follows(AuditGroup? previous) =>
        (First == (previous?.Next ?? 1) || IsAfterRestore(previous)) && Hash.SequenceEqual(ComputeHash(previous?.Hash));

    /// <summary>A restored store leaves out the numbers that may have been given out since the backup.</summary>
    private bool IsAfterRestore(AuditGroup? previous) => First > (previous?.Next ?? 1) && Entries.Any(entry => entry.Act == AuditAct.StoreRestored);

    private byte[] ComputeHash(byte[]? previous)
    {
        // BinaryWriter puts the length before each text, so that no two groups read the same.
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(previous ?? []);
        writer.Write(First);
        writer.Write(At.Ticks);
        writer.Write(Actor.Account);
        writer.Write(Actor.Host);
        if (Actor.WebUser is { } user)
        {
            // No act has this name, so that it is not read as one. Records without a web user are hashed as they always were.
            writer.Write("web user");
            writer.Write(user);
            writer.Write(Actor.RemoteAddress ?? string.Empty);
        }

        foreach (AuditEntry entry in Entries)
        {
            writer.Write(entry.Act.ToString());
            writer.Write(entry.Target);
            writer.Write(entry.Detail);
        }

        writer.Flush();
        using var algorithm = SHA256.Create();
        return algorithm.ComputeHash(content.ToArray());
    }
}

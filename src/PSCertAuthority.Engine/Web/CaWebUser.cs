using System;
using System.Security.Cryptography;
using System.Text;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Web;

/// <summary>Somebody who may sign in to the web interface, as it stood when it was read.</summary>
public sealed class CaWebUser
{
    internal CaWebUser(WebUserRecord record, string storePath, DateTime now)
    {
        Id = IdOf(record);
        Name = record.Name;
        Role = record.Role;
        Enabled = record.Enabled;
        LockedUntil = record.LockedUntil is { } until && until > now ? until.ToDisplayed() : null;
        FailedAttempts = record.FailedAttempts;
        CreatedAt = record.CreatedAt.ToDisplayed();
        LastSignInAt = record.LastSignInAt?.ToDisplayed();
        StorePath = storePath;
        SecurityStamp = record.SecurityStamp;
    }

    /// <summary>What tells this user from all others, also from one that is made anew under the same name.</summary>
    public Guid Id { get; }

    /// <summary>The name, as it was given; in any case it means the same user.</summary>
    public string Name { get; }

    /// <summary>What the user may do.</summary>
    public WebRole Role { get; }

    /// <summary>Whether the user may sign in.</summary>
    public bool Enabled { get; }

    /// <summary>Until when no password is tried after failures; null while the user is not locked. Local time.</summary>
    public DateTime? LockedUntil { get; }

    /// <summary>How often signing in failed since it last went well.</summary>
    public int FailedAttempts { get; }

    /// <summary>When the user was made; local time.</summary>
    public DateTime CreatedAt { get; }

    /// <summary>When the user last signed in; null for never. Local time.</summary>
    public DateTime? LastSignInAt { get; }

    /// <summary>The store it is in.</summary>
    public string StorePath { get; }

    internal string SecurityStamp { get; }

    /// <summary>Users of earlier versions have no id of their own; when they were made stays.</summary>
    internal static Guid IdOf(WebUserRecord record)
    {
        if (record.Id != Guid.Empty)
            return record.Id;
        using var sha256 = SHA256.Create();
        byte[] digest = sha256.ComputeHash(Encoding.UTF8.GetBytes($"{record.Name} {StoreTime.ToSeconds(record.CreatedAt)}"));
        Array.Resize(ref digest, 16);
        return new Guid(digest);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

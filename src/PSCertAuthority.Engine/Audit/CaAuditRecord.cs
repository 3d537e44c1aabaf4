using System;
using System.Globalization;

namespace PSCertAuthority.Audit;

/// <summary>One act that changed the store.</summary>
public sealed class CaAuditRecord
{
    internal CaAuditRecord(AuditGroup group, int index)
    {
        AuditEntry entry = group.Entries[index];
        Number = group.First + index;
        At = group.At.ToDisplayed();
        Account = group.Actor.Account;
        Host = group.Actor.Host;
        WebUser = group.Actor.WebUser;
        RemoteAddress = group.Actor.RemoteAddress;
        Act = entry.Act;
        Target = entry.Target;
        Detail = entry.Detail;
        Hash = BitConverter.ToString(group.Hash).Replace("-", string.Empty);
    }

    /// <summary>Its number in the store: 1 upwards, without gaps.</summary>
    public long Number { get; }

    /// <summary>When it was done; local time.</summary>
    public DateTime At { get; }

    /// <summary>On whose account.</summary>
    public string Account { get; }

    /// <summary>On which machine.</summary>
    public string Host { get; }

    /// <summary>The user of the web interface who asked for it; null where none did.</summary>
    public string? WebUser { get; }

    /// <summary>Where that user was, as an IP address; null where unknown.</summary>
    public string? RemoteAddress { get; }

    /// <summary>What was done.</summary>
    public AuditAct Act { get; }

    /// <summary>On which object: a name, or a serial number with a subject.</summary>
    public string Target { get; }

    /// <summary>What else matters of it; may be empty.</summary>
    public string Detail { get; }

    /// <summary>SHA-256 over the acts that were committed with it and the hash before; Test-CaStore verifies the chain.</summary>
    public string Hash { get; }

    /// <summary>The record on one line.</summary>
    public override string ToString() =>
        $"{Number.ToString(CultureInfo.InvariantCulture)} {At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {Account}@{Host}{(WebUser is null ? string.Empty : $" for {WebUser}")} {Act} {Target} {Detail}".TrimEnd();
}

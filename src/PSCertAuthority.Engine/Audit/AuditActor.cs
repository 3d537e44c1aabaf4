using System;

namespace PSCertAuthority.Audit;

/// <summary>On whose account, and on which machine, something is done.</summary>
internal sealed record AuditActor(string Account, string Host)
{
    /// <summary>The account that this process runs under.</summary>
    public static AuditActor Current { get; } = new(
        Environment.UserDomainName is { Length: > 0 } domain && !string.Equals(domain, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            ? domain + "\\" + Environment.UserName
            : Environment.UserName,
        Environment.MachineName);
}

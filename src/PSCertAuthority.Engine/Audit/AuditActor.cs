using System;
using System.Threading;

namespace PSCertAuthority.Audit;

/// <summary>On whose account, and on which machine, something is done; and for whom, where a user of the web interface asked for it.</summary>
public sealed record AuditActor
{
    private static readonly AsyncLocal<AuditActor?> Ambient = new();

    private static readonly AuditActor Process = new(
        Environment.UserDomainName is { Length: > 0 } domain && !string.Equals(domain, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            ? domain + "\\" + AccountName.OfProcess
            : AccountName.OfProcess,
        Environment.MachineName);

    internal AuditActor(string account, string host) => (Account, Host) = (account, host);

    /// <summary>Who acts here and now: the account of this process, for the web user of <see cref="ActFor"/>.</summary>
    public static AuditActor Current => Ambient.Value ?? Process;

    /// <summary>The account that the process runs under; its number, such as <c>uid 54321</c>, where it has no name.</summary>
    public string Account { get; }

    /// <summary>The machine that it runs on.</summary>
    public string Host { get; }

    /// <summary>The user of the web interface who asked for it; null where none did.</summary>
    public string? WebUser { get; init; }

    /// <summary>Where that user was, as an IP address; null where unknown.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>
    /// Has the audit records name a user of the web interface until the scope is disposed. It follows awaits and tasks that begin within it, and so the
    /// certificates of an <see cref="Certificates.IssuancePipeline"/> that was begun within it, whoever else uses the engine at the same time.
    /// </summary>
    /// <param name="webUser">The user's name.</param>
    /// <param name="remoteAddress">Where the user is, as an IP address; null where unknown.</param>
    public static IDisposable ActFor(string webUser, string? remoteAddress)
    {
        if (string.IsNullOrEmpty(webUser))
            throw new ArgumentException("A web user has a name.", nameof(webUser));
        var scope = new Scope(Ambient.Value);
        Ambient.Value = Process with { WebUser = webUser, RemoteAddress = string.IsNullOrEmpty(remoteAddress) ? null : remoteAddress };
        return scope;
    }

    /// <summary>Has the audit records name no web user until the scope is disposed.</summary>
    internal static IDisposable ActForNobody()
    {
        var scope = new Scope(Ambient.Value);
        Ambient.Value = null;
        return scope;
    }

    private sealed class Scope(AuditActor? before) : IDisposable
    {
        public void Dispose() => Ambient.Value = before;
    }
}

using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using PSCertAuthority.Server.Web.Hosting;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>The sessions, in memory alone. The cookie holds no more than a random name of one, so that an ended session cannot be revived.</summary>
internal sealed class SessionStore(WebOptions options, TimeProvider clock) : ITicketStore
{
    private const int MaximumSessions = 2_000;
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        TakeAwayEnded();
        string name = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        DateTimeOffset now = clock.GetUtcNow();
        _sessions[name] = new Session(ticket, now) { SeenAt = now };
        return Task.FromResult(name);
    }

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (_sessions.TryGetValue(key, out Session? session))
            _sessions.TryUpdate(key, session with { Ticket = ticket }, session);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (!_sessions.TryGetValue(key, out Session? session))
            return Task.FromResult<AuthenticationTicket?>(null);
        DateTimeOffset now = clock.GetUtcNow();
        if (HasEnded(session, now))
        {
            _sessions.TryRemove(key, out _);
            return Task.FromResult<AuthenticationTicket?>(null);
        }

        session.SeenAt = now;
        return Task.FromResult<AuthenticationTicket?>(session.Ticket);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string key)
    {
        _sessions.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private bool HasEnded(Session session, DateTimeOffset now) => now - session.SeenAt >= options.SessionIdle || now - session.StartedAt >= options.SessionLife;

    private void TakeAwayEnded()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((string name, _) in _sessions.Where(entry => HasEnded(entry.Value, now)))
            _sessions.TryRemove(name, out _);
        // Only who knows a password makes sessions; who makes that many loses the oldest.
        while (_sessions.Count >= MaximumSessions)
            _sessions.TryRemove(_sessions.MinBy(entry => entry.Value.SeenAt).Key, out _);
    }

    private sealed record Session(AuthenticationTicket Ticket, DateTimeOffset StartedAt)
    {
        public DateTimeOffset SeenAt { get; set; }
    }
}

using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Crl;

/// <summary>The CRLs that are served: each kept until something was revoked, its file was replaced or its life is three quarters over, and made by one at a time.</summary>
internal sealed partial class CrlCache(AuthorityDirectory authorities, ICrlSource source, ResponderTimes times, TimeProvider clock, ILogger<CrlCache> logger)
{
    // Many revocations in a row make five CRLs a second at most, not one each; what was revoked is still told within a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<IssuerKey, Entry> _entries = new();

    /// <summary>Something of the authority was revoked or resumed. The CRL of each of its keys tells of it.</summary>
    public void Invalidate(int authority)
    {
        foreach (IssuerKey key in authorities.KeysBeside(authority))
        {
            if (_entries.TryGetValue(key, out Entry? entry))
                entry.IsStale = true;
        }
    }

    /// <summary>The CRL to serve; null where there is none.</summary>
    public async Task<ServedCrl?> GetAsync(ServedAuthority authority, CancellationToken cancellation)
    {
        Entry entry = _entries.GetOrAdd(authority.Key, _ => new Entry());
        if (!IsDue(entry, authority))
            return entry.Crl;
        await entry.Turn.WaitAsync(cancellation);
        try
        {
            if (IsDue(entry, authority))
                await MakeAsync(entry, authority, cancellation);
            // Better one that knows less, as long as it is valid, than none.
            return entry.Crl is { } crl && crl.NextUpdate > clock.GetUtcNow().UtcDateTime ? crl : null;
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    private bool IsDue(Entry entry, ServedAuthority authority)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        if (now - entry.MadeAt < Pause)
            return false;
        return entry.Crl is not { } crl || entry.IsStale || now >= crl.NextUpdate - (crl.NextUpdate - crl.ThisUpdate) / 4 || source.IsReplaced(authority);
    }

    private async Task MakeAsync(Entry entry, ServedAuthority authority, CancellationToken cancellation)
    {
        // Before it is made: what is revoked meanwhile may not be on it.
        entry.IsStale = false;
        byte[]? der = await source.GetAsync(authority, times.CrlValidity, cancellation);
        entry.MadeAt = clock.GetUtcNow().UtcDateTime;
        if (der is not null && ServedCrl.TryRead(der) is { } crl)
        {
            entry.Crl = crl;
            entry.IsMissing = false;
            return;
        }

        entry.IsStale = true;
        if (!entry.IsMissing)
            LogMissing(logger, authority.Description);
        entry.IsMissing = true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No new CRL of {Authority} can be had. The one before is served as long as it is valid.")]
    private static partial void LogMissing(ILogger logger, string authority);

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public volatile ServedCrl? Crl;

        public volatile bool IsStale;

        public bool IsMissing { get; set; }

        public DateTime MadeAt { get; set; }
    }
}

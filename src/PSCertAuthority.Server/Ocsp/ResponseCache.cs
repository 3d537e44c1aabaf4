using System;
using System.Collections.Concurrent;
using System.Threading;
using PSCertAuthority.Server.Index;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>Which response: of which authority about which certificate, in which form of CertID.</summary>
internal readonly record struct ResponseKey(int Authority, SerialKey Serial, byte Form);

/// <summary>
/// Signed responses within bounds: two generations, of which the older is dropped when the younger is full. What is asked for moves to the younger.
/// </summary>
internal sealed class ResponseCache(long maximumOctets)
{
    // The key, the record and the nodes that hold them.
    private const int Overhead = 320;

    private readonly Lock _turn = new();
    private ConcurrentDictionary<ResponseKey, Lazy<CachedResponse>> _young = new();
    private ConcurrentDictionary<ResponseKey, Lazy<CachedResponse>> _old = new();
    private long _octets;

    public int Count => _young.Count + _old.Count;

    /// <summary>The response that is there and still serves, or the one that <paramref name="produce"/> makes; made once, however many ask.</summary>
    public CachedResponse Get<T>(ResponseKey key, T context, Func<CachedResponse, T, bool> serves, Func<T, CachedResponse> produce)
    {
        if (_young.TryGetValue(key, out Lazy<CachedResponse>? found) && serves(Value(key, found), context))
            return found.Value;
        if (_old.TryRemove(key, out Lazy<CachedResponse>? older) && older.IsValueCreated && serves(older.Value, context))
            return Value(key, _young.GetOrAdd(key, older));
        var made = new Lazy<CachedResponse>(() => Add(produce(context)));
        Lazy<CachedResponse> kept = found is null ? _young.GetOrAdd(key, made) : Replace(key, found, made);
        return Value(key, kept);
    }

    private Lazy<CachedResponse> Replace(ResponseKey key, Lazy<CachedResponse> stale, Lazy<CachedResponse> made) =>
        _young.TryUpdate(key, made, stale) ? made : _young.GetOrAdd(key, made);

    /// <summary>A failure is not kept.</summary>
    private CachedResponse Value(ResponseKey key, Lazy<CachedResponse> response)
    {
        try
        {
            return response.Value;
        }
        catch
        {
            _young.TryRemove(new(key, response));
            throw;
        }
    }

    private CachedResponse Add(CachedResponse response)
    {
        if (Interlocked.Add(ref _octets, response.Content.Length + Overhead) <= maximumOctets / 2)
            return response;
        lock (_turn)
        {
            if (Volatile.Read(ref _octets) <= maximumOctets / 2)
                return response;
            _old = _young;
            _young = new();
            Volatile.Write(ref _octets, 0);
        }

        return response;
    }
}

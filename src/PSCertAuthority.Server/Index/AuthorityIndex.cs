using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Server.Index;

/// <summary>How the certificates of one authority stand. Read by many threads without a lock.</summary>
internal sealed class AuthorityIndex
{
    private const int MergeAt = 50_000;

    // What was read at first is dense and never written again; what came later lies over it until it is worth merging.
    private readonly ConcurrentDictionary<SerialKey, CertificateState?> _changes = new();
    private Dictionary<SerialKey, CertificateState> _read = [];

    private int _count;

    public int Count => System.Threading.Volatile.Read(ref _count);

    /// <summary>Null for what the authority has not issued.</summary>
    public CertificateState? Find(SerialKey serial)
    {
        if (_changes.TryGetValue(serial, out CertificateState? changed))
            return changed;
        return _read.TryGetValue(serial, out CertificateState state) ? state : null;
    }

    /// <summary>Adds while nobody reads yet.</summary>
    public void Load(IReadOnlyList<SerialState> page)
    {
        _read.EnsureCapacity(_read.Count + page.Count);
        foreach (SerialState item in page)
            _read[new SerialKey(item.SerialNumber)] = item.State!.Value;

        _count = _read.Count;
    }

    public void Set(ReadOnlySpan<byte> serialNumber, CertificateState? state)
    {
        lock (_changes)
        {
            var key = new SerialKey(serialNumber);
            _count += (state is null ? 0 : 1) - (Find(key) is null ? 0 : 1);
            _changes[key] = state;
            if (_changes.Count >= MergeAt)
                Merge();
        }
    }

    private void Merge()
    {
        var merged = new Dictionary<SerialKey, CertificateState>(_read);
        foreach ((SerialKey serial, CertificateState? state) in _changes)
        {
            if (state is { } known)
                merged[serial] = known;
            else
                merged.Remove(serial);
        }

        // Readers look at the changes first: they must go last.
        System.Threading.Volatile.Write(ref _read, merged);
        _changes.Clear();
    }
}

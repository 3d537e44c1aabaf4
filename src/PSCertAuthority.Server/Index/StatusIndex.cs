using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Server.Index;

/// <summary>How the certificates of all served authorities stand, kept fresh from the store.</summary>
internal sealed class StatusIndex(CaStore store, TimeProvider clock)
{
    private readonly StatusFeed _feed = new(store);
    private readonly StoreStamp _stamp = new(store.DatabasePath, clock);
    private IReadOnlyDictionary<int, AuthorityIndex> _authorities = new Dictionary<int, AuthorityIndex>();
    private FeedPosition _position = FeedPosition.Beginning;
    private long _freshAt;

    /// <summary>Whether it has been read once.</summary>
    public bool IsReady => FreshAt != default;

    /// <summary>The last moment at which it was known to say what the store says; UTC.</summary>
    public DateTime FreshAt => new(Volatile.Read(ref _freshAt), DateTimeKind.Utc);

    /// <summary>Whether the setting ServeCrl says that CRLs are served.</summary>
    public bool ServesCrl { get; private set; } = true;

    /// <summary>How many certificates it knows.</summary>
    public int Count => _authorities.Values.Sum(authority => authority.Count);

    /// <summary>Raised when authorities have changed, after they have been read.</summary>
    public event Action<IReadOnlyList<AuthorityState>>? AuthoritiesRead;

    /// <summary>Raised for each authority whose revocations may have changed.</summary>
    public event Action<int>? Changed;

    /// <summary>Null for what the authority has not issued.</summary>
    public CertificateState? Find(int authority, SerialKey serial) => _authorities.TryGetValue(authority, out AuthorityIndex? index) ? index.Find(serial) : null;

    /// <summary>Moment and reason of what left the CRLs before this program started.</summary>
    public CertificateState? ReadRecord(int authority, ReadOnlySpan<byte> serialNumber)
    {
        CertificateState? state = _feed.Read(authority, Convert.ToHexString(serialNumber), CancellationToken.None);
        if (state is not null && _authorities.TryGetValue(authority, out AuthorityIndex? index))
            index.Set(serialNumber, state);
        return state;
    }

    /// <summary>Brings it up to date: reads everything at first, then what has changed. Called by one thread.</summary>
    /// <exception cref="CaException">The store cannot be read, or is another one; what was known stays.</exception>
    public void Refresh(CancellationToken cancellation)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        if (!IsReady || _stamp.HasChanged())
        {
            _stamp.Take();
            try
            {
                Follow(cancellation);
            }
            catch
            {
                _stamp.Forget();
                throw;
            }
        }

        Volatile.Write(ref _freshAt, now.Ticks);
    }

    private void Follow(CancellationToken cancellation)
    {
        if (!IsReady)
        {
            ReadEverything(cancellation);
            return;
        }

        while (true)
        {
            StatusChanges changes = ReadChanges(cancellation);
            if (changes.Everything)
                ReadEverything(cancellation);
            else
                Apply(changes, cancellation);
            if (changes.Everything || changes.Position == _position)
                break;
            _position = changes.Position;
        }
    }

    /// <summary>Where a record that changed cannot be decoded, all is read from the keys of the index, which say how a certificate stands.</summary>
    private StatusChanges ReadChanges(CancellationToken cancellation)
    {
        try
        {
            return _feed.ReadChanges(_position, cancellation);
        }
        catch (CaException e) when (e.ErrorId == "StoreDamaged")
        {
            return new StatusChanges(_position, [], Authorities: true, Everything: true);
        }
    }

    private void ReadEverything(CancellationToken cancellation)
    {
        FeedPosition position = _feed.ReadPosition(cancellation);
        IReadOnlyList<AuthorityState> states = ReadAuthorities(cancellation);
        AuthorityRecord[] records = [.. states.Select(state => state.Record)];
        bool isFirst = !IsReady;
        // Their keys can be made while the certificates are read. Later, nobody may be asked about certificates that are not read yet.
        if (isFirst)
            AuthoritiesRead?.Invoke(states);
        var read = new Dictionary<int, AuthorityIndex>();
        foreach (AuthorityRecord record in records)
        {
            var index = new AuthorityIndex();
            foreach (IReadOnlyList<SerialState> page in _feed.ReadAll(record.Id, cancellation))
                index.Load(page);
            read[record.Id] = index;
        }

        AddAuthorities(read, records);
        _authorities = read;
        _position = position;
        if (!isFirst)
            AuthoritiesRead?.Invoke(states);
        // What reading left behind is many times what is kept.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        foreach (int authority in read.Keys)
            Changed?.Invoke(authority);
    }

    private IReadOnlyList<AuthorityState> ReadAuthorities(CancellationToken cancellation)
    {
        (IReadOnlyList<AuthorityState> states, bool servesCrl) = _feed.ReadAuthorities(cancellation);
        ServesCrl = servesCrl;
        return states;
    }

    private void Apply(StatusChanges changes, CancellationToken cancellation)
    {
        if (changes.Authorities)
        {
            IReadOnlyList<AuthorityState> states = ReadAuthorities(cancellation);
            AuthorityRecord[] records = [.. states.Select(state => state.Record)];
            var known = new Dictionary<int, AuthorityIndex>(_authorities);
            foreach (AuthorityRecord record in records)
                known.TryAdd(record.Id, new AuthorityIndex());
            AddAuthorities(known, records);
            _authorities = known;
            AuthoritiesRead?.Invoke(states);
            foreach (int authority in known.Keys)
                Changed?.Invoke(authority);
        }

        var revoked = new HashSet<int>();
        foreach (SerialState change in changes.Certificates)
        {
            if (!_authorities.TryGetValue(change.AuthorityId, out AuthorityIndex? index))
                continue;
            // What was issued changes no CRL; what is, or was, revoked does.
            bool wasRevoked = index.Find(new SerialKey(change.SerialNumber)) is { IsGood: false };
            if (wasRevoked || change.State is { IsGood: false })
                revoked.Add(change.AuthorityId);
            index.Set(change.SerialNumber, change.State);
        }

        foreach (int authority in revoked)
            Changed?.Invoke(authority);
    }

    /// <summary>The certificates of authorities are not among those that were issued, but are asked for as well.</summary>
    private static void AddAuthorities(Dictionary<int, AuthorityIndex> indexes, IReadOnlyList<AuthorityRecord> records)
    {
        foreach (AuthorityRecord record in records)
        {
            if (indexes.TryGetValue(record.ParentId ?? record.Id, out AuthorityIndex? issuer))
                issuer.Set(StatusKey.SerialOctets(record.SerialNumber), CertificateState.Of(record.Revocation));
        }
    }
}

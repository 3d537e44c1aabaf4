using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Encodings;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>
/// The authorities that are served: those asked for, as the store knows them now, with all keys that they have or had. What was found by a name once is
/// followed by its issuer name and key, so that it may be renamed or get a new key. Signers go with the key, never with a name or number.
/// </summary>
/// <param name="wanted">Names, common names or serial numbers, as they were typed; none for all authorities.</param>
internal sealed class AuthorityDirectory(IReadOnlyList<string> wanted)
{
    private readonly IReadOnlyList<string> _wanted = wanted;
    private readonly Dictionary<IssuerKey, OcspResponseSigner> _signers = [];
    private readonly Dictionary<IssuerKey, HashSet<string>> _names = [];
    private readonly Dictionary<string, HashSet<IssuerKey>> _found = wanted.Distinct().ToDictionary(text => text, _ => new HashSet<IssuerKey>());
    private readonly Lock _change = new();
    private IReadOnlyList<ServedAuthority> _served = [];
    private IReadOnlyList<string> _missing = wanted;
    private IReadOnlyList<string> _undecodable = [];

    public IReadOnlyList<ServedAuthority> Served => Volatile.Read(ref _served);

    /// <summary>What was asked for and is not in the store.</summary>
    public IReadOnlyList<string> Missing => Volatile.Read(ref _missing);

    /// <summary>The names of authorities whose certificates cannot be decoded; they are not served.</summary>
    public IReadOnlyList<string> Undecodable => Volatile.Read(ref _undecodable);

    /// <summary>Takes over what the store says of the authorities.</summary>
    public void Load(IReadOnlyList<AuthorityState> states)
    {
        List<ServedAuthority> all = [];
        List<string> undecodable = [];
        foreach (AuthorityState state in states)
        {
            if (TryRead(state) is { } authority)
                all.Add(authority);
            else
                undecodable.Add(state.Record.Name);
        }

        lock (_change)
        {
            IReadOnlyList<ServedAuthority> served = _wanted.Count == 0 ? all : Select(all);
            foreach (ServedAuthority authority in served)
            {
                authority.KnowAs(Names(authority));
                if (_signers.TryGetValue(authority.Key, out OcspResponseSigner? signer))
                    authority.Use(signer);
            }

            Volatile.Write(ref _undecodable, undecodable);
            Volatile.Write(ref _missing, [.. _wanted.Where(text => _found[text].Count == 0)]);
            Volatile.Write(ref _served, served);
        }
    }

    /// <summary>Signs for an authority's key with that credential from now on.</summary>
    public void Use(IssuerKey key, ResponderCredential credential)
    {
        var signer = new OcspResponseSigner(credential);
        lock (_change)
        {
            _signers[key] = signer;
            foreach (ServedAuthority served in _served.Where(served => served.Key == key))
                served.Use(signer);
        }
    }

    public ServedAuthority? FindIssuer(CertificateId certificate)
    {
        foreach (ServedAuthority authority in Served)
        {
            if (authority.IsIssuerOf(certificate))
                return authority;
        }

        return null;
    }

    /// <summary>By name or serial number, as an address has it; by a name that it had since the start, too.</summary>
    public ServedAuthority? Find(string text)
    {
        ServedAuthority? found = null;
        int best = 0;
        foreach (ServedAuthority authority in Served)
        {
            int fits = authority.Fits(text);
            if (fits > best)
                (found, best) = (authority, fits);
        }

        return found;
    }

    /// <summary>Whether an authority has that name, or another key of the same authority has: files are given for a name, and fit one of its keys.</summary>
    public bool IsNamed(ServedAuthority authority, string text) => Served.Any(one => one.Key.IsSameAuthority(authority.Key) && one.Fits(text) > 0);

    /// <summary>All numbers in the store that stand for the same authority as that one.</summary>
    public IReadOnlyList<IssuerKey> KeysBeside(int id) =>
        Served.FirstOrDefault(one => one.Id == id) is { } known ? [.. Served.Where(one => one.Key.IsSameAuthority(known.Key)).Select(one => one.Key)] : [];

    /// <summary>What was found before is followed; where nothing of it is left, what bears the name now is taken, with a signer of its own.</summary>
    private IReadOnlyList<ServedAuthority> Select(List<ServedAuthority> all)
    {
        var served = new HashSet<ServedAuthority>();
        foreach ((string text, HashSet<IssuerKey> found) in _found)
        {
            ServedAuthority[] present = [.. all.Where(authority => found.Contains(authority.Key))];
            if (present.Length == 0)
                present = [.. all.Where(authority => authority.Fits(text) > 0)];
            ServedAuthority[] followed = [.. all.Where(authority => present.Any(one => one.Key.IsSameAuthority(authority.Key)))];
            found.Clear();
            found.UnionWith(followed.Select(authority => authority.Key));
            served.UnionWith(followed);
        }

        return [.. all.Where(served.Contains)];
    }

    private HashSet<string> Names(ServedAuthority authority)
    {
        if (!_names.TryGetValue(authority.Key, out HashSet<string>? names))
            _names[authority.Key] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        // Another key of it may have had the name before.
        names.UnionWith(_names.Where(other => other.Key.IsSameAuthority(authority.Key)).SelectMany(other => other.Value).ToList());
        names.Add(authority.Record.Name);
        return names;
    }

    private static ServedAuthority? TryRead(AuthorityState state)
    {
        try
        {
            return new ServedAuthority(state);
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return null;
        }
    }
}

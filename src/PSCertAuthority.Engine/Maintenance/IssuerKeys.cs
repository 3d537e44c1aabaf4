using System;
using System.Collections.Generic;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Maintenance;

/// <summary>The keys of authorities, for one thread that verifies what they signed.</summary>
/// <param name="keys">By the number of the authority.</param>
internal sealed class IssuerKeys(IReadOnlyDictionary<int, SubjectPublicKeyInfo> keys) : IDisposable
{
    private readonly Dictionary<int, VerifyingKey> _read = [];

    /// <summary>The key of an authority; null where its certificate cannot be read.</summary>
    public VerifyingKey? Find(int authorityId)
    {
        if (_read.TryGetValue(authorityId, out VerifyingKey? key)) return key;
        if (!keys.TryGetValue(authorityId, out SubjectPublicKeyInfo? structure)) return null;
        _read.Add(authorityId, key = new VerifyingKey(structure));
        return key;
    }

    public void Dispose()
    {
        foreach (VerifyingKey key in _read.Values) key.Dispose();
    }
}

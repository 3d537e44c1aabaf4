using System;
using System.Collections.Generic;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>Which keys a store refuses, however strong they are: those of its block list, and those of its own authorities, which are in leaves by mistake or malice only.</summary>
internal sealed class RefusedKeys
{
    private readonly KeyBlockList _blocked;
    private readonly Dictionary<string, string> _ofAuthorities;

    private RefusedKeys(KeyBlockList blocked, Dictionary<string, string> ofAuthorities) => (_blocked, _ofAuthorities) = (blocked, ofAuthorities);

    /// <exception cref="CaKeyException">The block list cannot be read.</exception>
    public static RefusedKeys Read(CaStore store)
    {
        (string? path, Dictionary<string, string> keys) = store.Read(unit => (unit.Settings.Read().KeyBlockList, KeysOf(unit)));
        return new RefusedKeys(KeyBlockList.Read(path), keys);
    }

    /// <summary>For the key of a leaf.</summary>
    /// <exception cref="CaKeyException"><c>KeyBlocked</c> or <c>KeyOfAuthority</c>.</exception>
    public void RequireForLeaf(SubjectPublicKeyInfo publicKey)
    {
        _blocked.Require(publicKey);
        if (_ofAuthorities.TryGetValue(KeyBlockList.HashOf(publicKey), out string? authority))
            throw KeyErrors.OfAuthority(authority);
    }

    /// <summary>For the key of an authority.</summary>
    /// <exception cref="CaKeyException"><c>KeyBlocked</c>.</exception>
    public void RequireForAuthority(SubjectPublicKeyInfo publicKey) => _blocked.Require(publicKey);

    private static Dictionary<string, string> KeysOf(StoreUnit unit)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (AuthorityRecord authority in unit.Authorities.WithPending())
        {
            if (TryKeyOf(authority) is { } key)
                keys[KeyBlockList.HashOf(key)] = authority.Name;
        }

        return keys;
    }

    private static SubjectPublicKeyInfo? TryKeyOf(AuthorityRecord authority)
    {
        try
        {
            return authority.Request is { } request ? CertificateRequestReader.KeyOf(request) : new DecodedCertificate(authority.Certificate).PublicKey;
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            // A damaged record, which Test-CaStore tells of.
            return null;
        }
    }
}

#if NET
using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Pkcs;

namespace PSCertAuthority.Keys;

/// <summary>ECDSA by the platform, its signatures encoded as RFC 3279 wants them.</summary>
internal sealed class PlatformEcdsaSigner(PrivateKeyInfo key) : IKeySigner
{
    private const int MuchData = 1 << 20;

    private readonly byte[] _privateKeyInfo = key.GetDerEncoded();
    private readonly ConcurrentBag<ECDsa> _idle = [];

    public byte[] Sign(ArraySegment<byte> data, DigestAlgorithm digest)
    {
        if (!_idle.TryTake(out ECDsa? ecdsa))
        {
            ecdsa = ECDsa.Create();
            ecdsa.ImportPkcs8PrivateKey(_privateKeyInfo, out _);
        }

        byte[] signature = data.Count < MuchData
            ? ecdsa.SignData(data.Array!, data.Offset, data.Count, digest.ToHashName(), DSASignatureFormat.Rfc3279DerSequence)
            : ecdsa.SignHash(Hash(data, digest), DSASignatureFormat.Rfc3279DerSequence);
        _idle.Add(ecdsa);
        return signature;
    }

    /// <summary>.NET's SignData copies what it signs.</summary>
    private static byte[] Hash(ArraySegment<byte> data, DigestAlgorithm digest)
    {
        using var hash = IncrementalHash.CreateHash(digest.ToHashName());
        hash.AppendData(data.Array!, data.Offset, data.Count);
        return hash.GetHashAndReset();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out ECDsa? ecdsa))
            ecdsa.Dispose();
        CryptographicOperations.ZeroMemory(_privateKeyInfo);
    }
}
#endif

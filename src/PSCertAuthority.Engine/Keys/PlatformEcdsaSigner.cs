#if NET
using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Pkcs;

namespace PSCertAuthority.Keys;

/// <summary>ECDSA by the platform, its signatures encoded as RFC 3279 wants them.</summary>
internal sealed class PlatformEcdsaSigner(PrivateKeyInfo key) : IKeySigner
{
    private readonly byte[] _privateKeyInfo = key.GetDerEncoded();
    private readonly ConcurrentBag<ECDsa> _idle = [];

    public byte[] Sign(ArraySegment<byte> data, DigestAlgorithm digest)
    {
        if (!_idle.TryTake(out ECDsa? ecdsa))
        {
            ecdsa = ECDsa.Create();
            ecdsa.ImportPkcs8PrivateKey(_privateKeyInfo, out _);
        }

        byte[] signature = ecdsa.SignData(data.Array!, data.Offset, data.Count, digest.ToHashName(), DSASignatureFormat.Rfc3279DerSequence);
        _idle.Add(ecdsa);
        return signature;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out ECDsa? ecdsa))
            ecdsa.Dispose();
        CryptographicOperations.ZeroMemory(_privateKeyInfo);
    }
}
#endif

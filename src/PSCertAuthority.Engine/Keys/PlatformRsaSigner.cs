using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Pkcs;

namespace PSCertAuthority.Keys;

/// <summary>RSA PKCS #1 v1.5 by the platform, ten to thirty times as fast as managed code.</summary>
internal sealed class PlatformRsaSigner : IKeySigner
{
    private readonly RSAParameters _parameters;

    // One instance a thread at work: .NET promises nothing for a shared one, and OpenSSL's blinding would make threads wait.
    private readonly ConcurrentBag<RSA> _idle = [];

    public PlatformRsaSigner(PrivateKeyInfo key) => _parameters = PlatformRsa.ToParameters(key);

    public byte[] Sign(ArraySegment<byte> data, DigestAlgorithm digest)
    {
        if (!_idle.TryTake(out RSA? rsa))
            rsa = PlatformRsa.Open(_parameters);
        byte[] signature = rsa.SignData(data.Array!, data.Offset, data.Count, digest.ToHashName(), RSASignaturePadding.Pkcs1);
        _idle.Add(rsa);
        return signature;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out RSA? rsa))
            rsa.Dispose();
    }
}

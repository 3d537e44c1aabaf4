using System;
using System.Diagnostics;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>How many signatures a second <c>System.Security.Cryptography</c> makes on all cores with nothing else to do.</summary>
internal static class PlatformSigning
{
    public static double SignaturesPerSecond(KeyType keyType)
    {
        long[] made = new long[Environment.ProcessorCount];
        var watch = Stopwatch.StartNew();
        Thread[] threads = [.. made.Select((_, i) => new Thread(() => made[i] = Sign(keyType, TimeSpan.FromSeconds(2))))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return made.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static long Sign(KeyType keyType, TimeSpan during)
    {
        using RSA rsa = RSA.Create(KeySpecification.MinimumRsaSize);
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var digest = new byte[32];
        var signature = new byte[512];
        long count = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < during; count++)
        {
            if (keyType == KeyType.RSA)
                rsa.TrySignHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, out _);
            else
                ecdsa.TrySignHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence, out _);
        }

        return count;
    }
}

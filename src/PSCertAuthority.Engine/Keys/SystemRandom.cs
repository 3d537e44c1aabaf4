using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;

namespace PSCertAuthority.Keys;

/// <summary>The one place that randomness comes from: the operating system.</summary>
internal static class SystemRandom
{
    /// <summary>The same source for BouncyCastle.</summary>
    public static readonly SecureRandom ForBouncyCastle = new(new SystemRandomGenerator());

    public static byte[] GetBytes(int count)
    {
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    private static void Fill(byte[] bytes)
    {
#if NET
        RandomNumberGenerator.Fill(bytes);
#else
        using RandomNumberGenerator generator = RandomNumberGenerator.Create();
        generator.GetBytes(bytes);
#endif
    }

    private sealed class SystemRandomGenerator : IRandomGenerator
    {
        public void AddSeedMaterial(byte[] seed)
        {
        }

        public void AddSeedMaterial(long seed)
        {
        }

        public void NextBytes(byte[] bytes) => Fill(bytes);

        public void NextBytes(byte[] bytes, int start, int len)
        {
            byte[] chunk = GetBytes(len);
            chunk.CopyTo(bytes, start);
        }

#if NET
        public void AddSeedMaterial(System.ReadOnlySpan<byte> seed)
        {
        }

        public void NextBytes(System.Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
#endif
    }
}

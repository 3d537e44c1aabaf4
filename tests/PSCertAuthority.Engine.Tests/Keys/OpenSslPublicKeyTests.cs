using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using PSCertAuthority.Keys;
using Xunit;

namespace PSCertAuthority.Tests.Keys;

/// <summary>Public keys that OpenSSL reads for .NET.</summary>
public sealed class OpenSslPublicKeyTests
{
    private static readonly byte[] Signed = [1, 2, 3];

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void A_key_is_the_one_that_it_was_read_from(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using ECDsa? read = OpenSslPublicKey.TryImport(key.ExportSubjectPublicKeyInfo());
        Assert.Equal(IsExpected, read is not null);
        if (read is null)
            return;
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), read.ExportSubjectPublicKeyInfo());
        Assert.Equal(key.KeySize, read.KeySize);
        Assert.True(read.VerifyData(Signed, key.SignData(Signed, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        Assert.False(read.VerifyData((byte[])[.. Signed, 4], key.SignData(Signed, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        Assert.ThrowsAny<CryptographicException>(() => read.SignData(Signed, HashAlgorithmName.SHA256));
    }

    [Fact]
    public void What_is_no_point_of_the_curve_is_no_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] good = key.ExportSubjectPublicKeyInfo(), moved = [.. good];
        moved[^1] ^= 1;
        // Infinity is one octet of zero, in the place of the point's 65.
        byte[] infinity = [.. good[..^66], 0, 0];
        infinity[1] -= 64;
        infinity[^3] -= 64;
        foreach (byte[] bad in (byte[][])[moved, infinity, [.. good, 0], good[..^1], [], [0x30, 0], new byte[91]])
        {
            using ECDsa? read = OpenSslPublicKey.TryImport(bad);
            Assert.True(read is null, Convert.ToHexString(bad));
        }
    }

    [Fact]
    public void Keys_are_read_and_let_go_by_many_threads()
    {
        byte[][] keys = [.. Enumerable.Range(0, 8).Select(_ =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.ExportSubjectPublicKeyInfo();
        })];
        Parallel.For(0, 2000, i =>
        {
            // Some are let go by the collector.
            ECDsa? read = OpenSslPublicKey.TryImport(keys[i % keys.Length]);
            if (i % 500 == 0)
                GC.Collect();
            if (read is not null)
                Assert.Equal(keys[i % keys.Length], read.ExportSubjectPublicKeyInfo());
            if (i % 2 == 0)
                read?.Dispose();
        });
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static bool IsExpected => OperatingSystem.IsLinux() && SafeEvpPKeyHandle.OpenSslVersion >> 28 == 3;
}

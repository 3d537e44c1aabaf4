#if NET
using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PSCertAuthority.Keys;

/// <summary>
/// Public keys on elliptic curves, read by OpenSSL itself where that is what .NET uses. .NET multiplies a point by the order of its curve, twice, when it
/// imports a key: that takes two thirds of the time in which the signature of a request is verified. On the curves of NIST every point but infinity has
/// that order (SP 800-56A, section 5.6.2.3.4), and OpenSSL checks that it is a point of the curve.
/// </summary>
internal static class OpenSslPublicKey
{
    private const string Library = "libcrypto.so.3";

    private static readonly bool IsThere = OperatingSystem.IsLinux() && OpenSslLibrary.IsTheOneOfDotNet(Library, "d2i_EC_PUBKEY", "EC_KEY_free");

    /// <summary>The key; null where .NET has to import it, which also says what is wrong with one.</summary>
    /// <param name="subjectPublicKeyInfo">A key on one of NIST's curves, as DER.</param>
    public static ECDsa? TryImport(byte[] subjectPublicKeyInfo)
    {
        // A bit string of one octet, zero, is the point at infinity, which OpenSSL would take.
        if (!IsThere || !OperatingSystem.IsLinux() || subjectPublicKeyInfo.AsSpan().EndsWith((ReadOnlySpan<byte>)[3, 2, 0, 0]))
            return null;
        var pinned = GCHandle.Alloc(subjectPublicKeyInfo, GCHandleType.Pinned);
        IntPtr key = IntPtr.Zero;
        try
        {
            IntPtr start = pinned.AddrOfPinnedObject(), position = start;
            key = ReadPublicKey(IntPtr.Zero, ref position, subjectPublicKeyInfo.Length);
            // The object has a reference of its own to what is freed here.
            return key != IntPtr.Zero && position - start == subjectPublicKeyInfo.Length ? new ECDsaOpenSsl(key) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            FreeKey(key);
            pinned.Free();
        }
    }

    [DllImport(Library, EntryPoint = "d2i_EC_PUBKEY", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr ReadPublicKey(IntPtr key, ref IntPtr position, nint length);

    [DllImport(Library, EntryPoint = "EC_KEY_free", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void FreeKey(IntPtr key);
}
#endif

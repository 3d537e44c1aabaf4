using Org.BouncyCastle.Math;
#if NET
using System;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
#endif

namespace PSCertAuthority.Keys;

/// <summary>
/// Fermat's test to the base 2. Every prime passes it; what else does was made to, and a modulus that was is no better than a prime. It costs one exponentiation of the length of the
/// number: OpenSSL does that ten times faster than managed code, where it is what .NET uses.
/// </summary>
internal static class ProbablePrime
{
    /// <summary>Whether the odd number passes.</summary>
    public static bool Test(BigInteger number)
    {
#if NET
        if (IsThere && OperatingSystem.IsLinux() && TestByOpenSsl(number) is { } isPrime)
            return isPrime;
#endif
        return BigInteger.Two.ModPow(number.Subtract(BigInteger.One), number).Equals(BigInteger.One);
    }

#if NET
    private const string Library = "libcrypto.so.3";

    private static readonly bool IsThere = OperatingSystem.IsLinux() && OpenSslLibrary.IsTheOneOfDotNet(Library, "BN_mod_exp_mont_word", "BN_bin2bn", "BN_is_one");

    /// <summary>Null where it has no memory left.</summary>
    [SupportedOSPlatform("linux")]
    private static bool? TestByOpenSsl(BigInteger number)
    {
        byte[] modulusBytes = number.ToByteArrayUnsigned(), exponentBytes = number.Subtract(BigInteger.One).ToByteArrayUnsigned();
        IntPtr context = NewContext(), modulus = ToNumber(modulusBytes, modulusBytes.Length, IntPtr.Zero), exponent = ToNumber(exponentBytes, exponentBytes.Length, IntPtr.Zero), result = NewNumber();
        try
        {
            const ulong two = 2;
            bool worked = context != IntPtr.Zero && modulus != IntPtr.Zero && exponent != IntPtr.Zero && result != IntPtr.Zero
                && Power(result, two, exponent, modulus, context, IntPtr.Zero) == 1;
            return worked ? IsOne(result) == 1 : null;
        }
        finally
        {
            FreeNumber(result);
            FreeNumber(exponent);
            FreeNumber(modulus);
            FreeContext(context);
        }
    }

    [DllImport(Library, EntryPoint = "BN_CTX_new", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr NewContext();

    [DllImport(Library, EntryPoint = "BN_CTX_free", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void FreeContext(IntPtr context);

    [DllImport(Library, EntryPoint = "BN_new", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr NewNumber();

    [DllImport(Library, EntryPoint = "BN_free", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void FreeNumber(IntPtr number);

    [DllImport(Library, EntryPoint = "BN_bin2bn", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr ToNumber(byte[] bytes, int length, IntPtr number);

    [DllImport(Library, EntryPoint = "BN_mod_exp_mont_word", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Power(IntPtr result, ulong number, IntPtr exponent, IntPtr modulus, IntPtr context, IntPtr montgomery);

    [DllImport(Library, EntryPoint = "BN_is_one", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int IsOne(IntPtr number);
#endif
}

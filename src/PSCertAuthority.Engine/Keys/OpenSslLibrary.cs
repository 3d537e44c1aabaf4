#if NET
using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace PSCertAuthority.Keys;

/// <summary>OpenSSL, where .NET uses it and we call it for what .NET does not hand through.</summary>
[SupportedOSPlatform("linux")]
internal static class OpenSslLibrary
{
    /// <summary>Whether the library that we would call is the one that .NET has loaded, and has what we call.</summary>
    public static bool IsTheOneOfDotNet(string name, params string[] functions)
    {
        try
        {
            const int majorVersion = 28;
            return SafeEvpPKeyHandle.OpenSslVersion >> majorVersion == 3
                && NativeLibrary.TryLoad(name, out IntPtr library)
                && functions.All(function => NativeLibrary.TryGetExport(library, function, out _))
                && VersionNumber() == SafeEvpPKeyHandle.OpenSslVersion;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    [DllImport("libcrypto.so.3", EntryPoint = "OpenSSL_version_num", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint VersionNumber();
}
#endif
